"""An animation as a web page: with its steps in words, and keys to stop it and to go step by step.

The page is one file and asks for nothing from elsewhere. Without a script the animation runs and
all steps stand beside it; the script tells which one is on and lets one stop. Who has asked for
less motion sees it still until it is started. Needs the extra ``figures``.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from backex.anatomy import Side, View
from backex.events import Event
from backex.render.animation import animated, film_of, title_of
from backex.render.drawing import safe
from backex.timelines import Timeline

__all__ = ["animated_page"]

_STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#14181d;--on:#e1e6ea}
@media (prefers-color-scheme:dark){:root{--paper:#14181d;--ink:#f4f6f8;--on:#39424c}}
body{margin:0 auto;max-width:34rem;padding:1rem;background:var(--paper);color:var(--ink);
font:1rem/1.5 sans-serif}
figure{margin:0}
figure>svg{width:100%;height:auto}
figcaption{min-height:3em;font-weight:bold}
button{font:inherit;padding:.4em 1em}
button:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
[aria-current]{background:var(--on);font-weight:bold}
li ul{font-weight:normal}
"""
# All that it shows it takes from the page, so it is the same for every exercise.
_SCRIPT = """
"use strict";
const film = document.querySelector("svg[data-seconds]");
const [back, play, on] = document.querySelectorAll("button");
const caption = document.querySelector("figcaption");
const steps = [...document.querySelectorAll("[data-start]")];
const start = step => Number(steps[step].dataset.start);
const total = Number(film.dataset.seconds);
let current = -1;
function show() {
  const at = film.getCurrentTime() % total;
  const step = steps.length - 1 - [...steps].reverse().findIndex((_, i) =>
    start(steps.length - 1 - i) <= at);
  if (step !== current) {
    steps[current]?.removeAttribute("aria-current");
    steps[step].setAttribute("aria-current", "step");
    caption.textContent = steps[step].firstElementChild.textContent;
    current = step;
  }
  play.textContent = film.animationsPaused() ? "Play" : "Pause";
}
function asked() {
  film.classList.add("bx-asked");
  caption.setAttribute("aria-live", "polite");
}
function go(by) {
  asked();
  const step = (current + by + steps.length) % steps.length;
  const end = step + 1 < steps.length ? start(step + 1) : total;
  film.setCurrentTime(film.animationsPaused() ? end - 0.001 : start(step));
  show();
}
back.onclick = () => go(-1);
on.onclick = () => go(1);
play.onclick = () => {
  asked();
  film.animationsPaused() ? film.unpauseAnimations() : film.pauseAnimations();
  show();
};
if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
  film.pauseAnimations();
  film.setCurrentTime(Number(film.dataset.peak));
}
back.parentElement.hidden = false;
setInterval(show, 100);
show();
"""


def _allowed(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


_ONLY_OURS = f"default-src 'none'; style-src 'unsafe-inline'; script-src {_allowed(_SCRIPT)}"


def animated_page(
    played: Timeline,
    item: str,
    *,
    side: Side | None = None,
    view: View | None = None,
    set_up: bool = False,
) -> str | None:
    """Return one repetition of an item as a web page, or None where it has no poses.

    The arguments are those of `animation`.

    Raises:
        KeyError: the routine has no such item.
    """
    shown = film_of(played, item, side=side, set_up=set_up)
    if shown is None:
        return None
    title = safe(title_of(shown))
    steps = "\n".join(
        _step(start, event) for start, event in zip(shown.starts, shown.events, strict=True)
    )
    return f"""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="{_ONLY_OURS}">
<title>{title}</title>
<style>{_STYLE}</style>
<main>
<h1>{title}</h1>
<figure>
{animated(shown, view)}<figcaption></figcaption>
</figure>
<p hidden>
<button type="button">Step back</button>
<button type="button">Pause</button>
<button type="button">Step on</button>
</p>
<ol>
{steps}
</ol>
</main>
<script>{_SCRIPT}</script>
</html>
"""


def _step(start: int, event: Event) -> str:
    cues = "".join(f"<li>{safe(cue)}</li>" for cue in event.cues)
    listed = f"<ul>{cues}</ul>" if cues else ""
    return f'<li data-start="{start}"><p>{safe(event.text)}</p>{event.seconds} s{listed}</li>'
