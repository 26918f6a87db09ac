"""Animations follow the timeline, loop without a jump, and hold nothing but inert text."""

from __future__ import annotations

import os
import subprocess
import sys
from xml.etree import ElementTree as ET

import attrs
import pytest

from backex.anatomy import Laterality, Limb, Phase, Position, Region, Side, View
from backex.catalog.upper_back import ROUTINE
from backex.dose import Dose
from backex.events import EventKind
from backex.exercise import Exercise
from backex.ids import ExerciseId, RoutineId, StepId
from backex.pacing import BRISK, Pacing
from backex.pose import Freedom, JointAngle
from backex.progression import AddResistance
from backex.quantities import Mass
from backex.render.animation import animation, film_of
from backex.render.film import Film
from backex.render.page import animated_page
from backex.routine import Routine, prescribe
from backex.spatial import between, length
from backex.step import Step
from backex.timelines import Timeline, timeline
from backex.variant import vary

SVG = "{http://www.w3.org/2000/svg}"
ITEMS = [str(item.id) for item in ROUTINE.items]
PLAYED = timeline(ROUTINE)
EVIL = '<script>alert("1")</script> & \'"'


def _arms(degrees: int) -> tuple[JointAngle, ...]:
    return tuple(
        JointAngle(joint=joint, freedom=freedom, degrees=angle, limb=Limb.BOTH_ARMS)
        for joint, freedom, angle in (
            (Region.SHOULDER, Freedom.ELEVATION, degrees),
            (Region.ELBOW, Freedom.FLEXION, 90),
        )
    )


def _opening(*steps: Step) -> Exercise:
    return Exercise(
        id=ExerciseId("chest-opening"),
        name=f"Chest Opening {EVIL}",
        position=Position.SITTING,
        laterality=Laterality.BILATERAL,
        steps=steps,
    )


def _step(phase: Phase, pose: tuple[JointAngle, ...] = ()) -> Step:
    return Step(id=StepId(phase.value), phase=phase, text=f"Do {phase.value} {EVIL}", pose=pose)


SIT, OPEN, BACK = _step(Phase.SETUP, _arms(6)), _step(Phase.MOVE, _arms(80)), _step(Phase.RETURN)
HOLD = _step(Phase.HOLD, _arms(90))


def _played(exercise: Exercise, dose: Dose | None = None) -> Timeline:
    return timeline(Routine(id=RoutineId("own"), title="Own", items=(prescribe(exercise, dose),)))


def _film(played: Timeline, item: str, *, set_up: bool = False) -> Film:
    found = film_of(played, item, side=None, set_up=set_up)
    assert found is not None
    return found


def _drawn(played: Timeline, item: str, **how: Side | View | bool | None) -> ET.Element:
    text = animation(played, item, **how)  # type: ignore[arg-type]
    assert text is not None
    return ET.fromstring(text)


@pytest.mark.parametrize("item", ITEMS)
@pytest.mark.parametrize("pacing", [PLAYED.pacing, BRISK], ids=["calm", "brisk"])
def test_a_film_takes_the_time_of_one_repetition_of_the_timeline(item: str, pacing: Pacing) -> None:
    played = attrs.evolve(PLAYED, pacing=pacing)
    events = [
        event
        for event in played.of_item(item)
        if (event.set_number, event.repetition) == (1, 1) and event.side is not Side.RIGHT
    ]
    shown = _film(played, item)
    assert [(each.text, each.seconds, each.steps, each.cues) for each in shown.events] == [
        (each.text, each.seconds, each.steps, each.cues) for each in events
    ]
    assert [events[0].start_second + start for start in shown.starts] == [
        each.start_second for each in events
    ]


@pytest.mark.parametrize("item", ITEMS)
def test_a_repetition_begins_where_the_last_one_ended(item: str) -> None:
    moments = _film(PLAYED, item).moments
    assert moments[0][1] == moments[-1][1]


@pytest.mark.parametrize("set_up", [False, True], ids=["repetition", "set-up"])
@pytest.mark.parametrize("item", ITEMS)
def test_a_body_moves_smoothly_and_never_through_the_floor(item: str, *, set_up: bool) -> None:
    shown = _film(PLAYED, item, set_up=set_up)
    times = [at for at, _ in shown.moments]
    assert times[0] == 0
    assert times[-1] == shown.seconds
    assert times == sorted(set(times))
    for (_, before), (_, after) in zip(shown.moments[:-1], shown.moments[1:], strict=True):
        assert abs(after.lowest) < 0.001
        for mark, at in after.landmarks.items():
            # A hand that goes from the hip past the head takes 5 seconds for 1.8 m.
            assert length(between(before.landmarks[mark], at)) < 400, mark


@pytest.mark.parametrize("item", ITEMS[:2])
def test_a_hold_stays(item: str) -> None:
    shown = _film(PLAYED, item)
    number = [event.kind for event in shown.events].index(EventKind.HOLD)
    start = shown.starts[number]
    end = start + shown.events[number].seconds
    held = [body for at, body in shown.moments if start <= at <= end]
    assert len(held) == 2
    assert held[0] == held[1]


@pytest.mark.parametrize("view", [None, *View], ids=str)
@pytest.mark.parametrize("item", ITEMS)
def test_every_change_is_well_formed(item: str, view: View | None) -> None:
    root = _drawn(PLAYED, item, view=view)
    shown = _film(PLAYED, item)
    assert float(root.attrib["width"]) == 480
    assert float(root.attrib["height"]) <= 380
    ids = [each.attrib["id"] for each in root.iter() if "id" in each.attrib]
    assert len(ids) == len(set(ids))
    assert {each.attrib["href"].removeprefix("#") for each in root.iter(f"{SVG}use")} <= set(ids)
    for each in root.iter(f"{SVG}animate"):
        times = [float(at) for at in each.attrib["keyTimes"].split(";")]
        values = each.attrib["values"].split(";")
        assert times == sorted(set(times))
        assert times[0] == 0
        assert times[-1] == 1 or each.attrib["calcMode"] == "discrete"
        assert len(times) == len(values) > 1
        assert len({len(value.split()) for value in values}) == 1
        assert each.attrib["dur"] == f"{shown.seconds}s"
        assert each.attrib["repeatCount"] == "indefinite"


@pytest.mark.parametrize("item", ITEMS)
def test_at_each_moment_one_person_is_seen(item: str) -> None:
    root = _drawn(PLAYED, item)
    moving = next(each for each in root if each.get("class") == "bx-moving")
    persons = [group for group in moving if next(group.iter(f"{SVG}use"), None) is not None]
    total = _film(PLAYED, item).seconds
    for tenth in range(10 * total):
        states = [_state(group, (tenth + 0.5) / 10 / total) for group in persons]
        assert states.count("inline") == 1


def _state(group: ET.Element, share: float) -> str:
    change = group.find(f"{SVG}animate")
    if change is None:
        return "inline"
    times = [float(at) for at in change.attrib["keyTimes"].split(";")]
    values = change.attrib["values"].split(";")
    return [value for at, value in zip(times, values, strict=True) if at <= share][-1]


def test_text_from_a_document_is_inert() -> None:
    played = _played(_opening(SIT, OPEN, BACK))
    root = _drawn(played, "chest-opening")
    tags = {each.tag.removeprefix(SVG) for each in root.iter()}
    assert "script" not in tags
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == f"Chest Opening {EVIL}"
    page = animated_page(played, "chest-opening")
    assert page is not None
    assert page.count("<script") == 1
    assert page.count(">Do move &lt;script&gt;") == 1


def test_it_is_described_and_calm_for_who_asks() -> None:
    root = _drawn(PLAYED, "oblique-sit", side=Side.RIGHT)
    title, words, style, *_ = root
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"].split() == [title.attrib["id"], words.attrib["id"]]
    assert title.text == "Oblique Sit, right side"
    assert "4. Stay in the reach. (10 s)" in (words.text or "")
    assert "prefers-reduced-motion" in (style.text or "")
    still = next(each for each in root if each.get("class") == "bx-still")
    assert not list(still.iter(f"{SVG}animate"))
    assert len(list(still.iter(f"{SVG}polygon"))) > 30


@pytest.mark.parametrize("set_up", [True, False])
def test_a_load_is_seen_from_where_a_step_takes_it(*, set_up: bool) -> None:
    item = ROUTINE.items[1]
    loaded = attrs.evolve(item, variant=vary(item.exercise, AddResistance(Mass(1_000))))
    played = timeline(attrs.evolve(ROUTINE, items=(loaded,)))
    moving, bare = (
        _moving(animation(each, str(item.id), set_up=set_up)) for each in (played, PLAYED)
    )
    orders = [
        any("bx-weight-fill" in each.get("class", "").split() for each in person.iter())
        for person in moving
        if next(person.iter(f"{SVG}use"), None) is not None
    ]
    assert True in orders
    assert (False in orders) is set_up
    assert not [each for each in bare.iter() if "bx-weight-fill" in each.get("class", "")]


def _moving(svg: str | None) -> ET.Element:
    assert svg is not None
    (found,) = (each for each in ET.fromstring(svg).iter() if each.get("class") == "bx-moving")
    return found


def test_the_sides_are_mirrored() -> None:
    left, right = (animation(PLAYED, "oblique-sit", side=side) for side in Side)
    assert left != right
    assert animation(PLAYED, "oblique-sit") == left


def test_two_animations_fit_into_one_page() -> None:
    ids = [
        {
            each.attrib["id"]
            for each in _drawn(PLAYED, item, side=side).iter()
            if "id" in each.attrib
        }
        for item in ITEMS[1:]
        for side in Side
    ]
    assert sum(map(len, ids)) == len(set().union(*ids))


def test_a_return_without_a_pose_leads_back() -> None:
    shown = _film(_played(_opening(SIT, OPEN, BACK)), "chest-opening")
    assert shown.ends == ("move", "set-up")
    assert shown.moments[0][1] == shown.moments[-1][1] == shown.scene.bodies[StepId("set-up")]


def test_where_nothing_returns_it_begins_after_the_set_up() -> None:
    shown = _film(_played(_opening(SIT, OPEN)), "chest-opening")
    assert shown.ends == ("move",)
    assert shown.peak == -1
    assert shown.moments[0][1] == shown.scene.bodies[StepId("set-up")]
    assert shown.moments[-1][1] == shown.scene.bodies[StepId("move")]


def test_a_hold_with_a_pose_of_its_own_is_reached_soon() -> None:
    shown = _film(_played(_opening(SIT, OPEN, HOLD), Dose(hold_seconds=10)), "chest-opening")
    assert [event.kind for event in shown.events][1:] == [EventKind.HOLD, EventKind.RETURN]
    assert shown.ends == ("move", "hold", "set-up")
    times = [at for at, body in shown.moments if body == shown.scene.bodies[StepId("hold")]]
    assert times == [6, 15]


def test_where_no_step_is_posed_before_or_after_it_rests() -> None:
    shown = _film(_played(_opening(SIT)), "chest-opening")
    assert shown.ends == ("set-up",)
    assert [at for at, _ in shown.moments] == [0, 5]
    assert animation(_played(_opening(SIT)), "chest-opening")
    unset = _film(_played(_opening(OPEN, BACK)), "chest-opening")
    assert unset.ends == ("move", "move")


def test_without_poses_there_is_nothing_to_show() -> None:
    played = _played(_opening(BACK))
    assert animation(played, "chest-opening") is None
    assert animated_page(played, "chest-opening") is None
    with pytest.raises(KeyError):
        animation(played, "chest-closing")


@pytest.mark.parametrize("set_up", [False, True], ids=["repetition", "set-up"])
@pytest.mark.parametrize("item", ITEMS)
def test_an_animation_is_small_enough_to_send(item: str, *, set_up: bool) -> None:
    text = animation(PLAYED, item, set_up=set_up)
    assert text is not None
    assert len(text.encode()) < 500_000


def test_a_page_asks_for_nothing_from_elsewhere() -> None:
    page = animated_page(PLAYED, "oblique-sit", set_up=True)
    assert page is not None
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")
    starts = _film(PLAYED, "oblique-sit", set_up=True).starts
    assert [f'data-start="{start}"' in page for start in starts] == [True] * 9


def test_an_animation_has_the_same_bytes_in_every_process() -> None:
    program = (
        "from backex import timeline; from backex.catalog.upper_back import ROUTINE;"
        "from backex.render.page import animated_page;"
        "print(animated_page(timeline(ROUTINE), 'all-fours-rotation'), end='')"
    )
    here = animated_page(PLAYED, "all-fours-rotation")
    there = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONHASHSEED": "4"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout == here
