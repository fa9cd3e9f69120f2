"""The benchmark from end to end on a tiny size: its numbers, not its times."""

import json
import subprocess

import pytest

from benchmark import command, inside, readme, report
from kontakti_setup import paths

SIZE, SEED = 2000, 7
ARGUMENTS = (
    f"--no-host --size {SIZE} --seed {SEED} --repeats 2 --seconds 1 --users 2 3"
    " --workers 2"
)
COUNTED = """
import json
user = env["res.users"].search([("login", "=", "benchmark000")])
contacts = env["kontakti.contact"].with_user(user).with_context(
    allowed_company_ids=user.company_ids.ids)
def count(group):
    found = contacts.env[group["model"]].search(group["domain"])
    if group["model"] == "res.partner":
        return [0, len(found)]
    return [len(found), len(set(found.mapped("customer_key")))]
numbers = {
    f"{section['key']}.{group['key']}": count(group)
    for section in contacts.get_task_list()["sections"]
    for group in section["groups"]
}
print("FOUND " + json.dumps(numbers))
"""


@pytest.fixture(scope="module")
def benchmarked(tmp_path_factory):
    """What the command printed and the folder it wrote to."""
    folder = tmp_path_factory.mktemp("benchmark")
    done = subprocess.run(
        [paths.SETUP / "benchmark", *ARGUMENTS.split(), "--output", folder],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, folder


def results(benchmarked):
    return json.loads((benchmarked[1] / "latest.json").read_text("utf-8"))


@pytest.mark.parametrize("name, shown", [("latest", "text"), ("growth", "growth_text")])
def test_the_readme_shows_the_run_that_is_kept(name, shown):
    kept = json.loads((command.RESULTS / f"{name}.json").read_text("utf-8"))
    assert readme.shown(name) == getattr(report, shown)(kept)


def test_every_measure_of_the_contract_is_in_the_table(benchmarked):
    printed, _folder = benchmarked
    found = results(benchmarked)
    keys = {result["key"].split(".")[0] for result in found["results"]}
    wanted = "task_list flat list drill_down create load customers history".split()
    assert keys >= set(wanted)
    for result in found["results"]:
        assert result["name"] in printed


def test_writing_is_measured(benchmarked):
    printed, _folder = benchmarked
    found = {one["key"]: one for one in results(benchmarked)["writing"]}
    assert found.keys() == set("log done follow_up assign done_bulk import".split())
    for one in found.values():
        assert one["name"] in printed
        assert all(one[f"{side}per_second"] > 0 for side in ("", "peer_"))
        assert all(one[f"{side}statements"] > 0 for side in ("", "peer_"))
    assert found["import"]["rows"] == SIZE // 2
    # what a row costs is written for many at once
    assert found["assign"]["statements"] < 1 < found["done"]["statements"]


def test_nothing_fails_under_load(benchmarked):
    load = results(benchmarked)["load"]
    assert [run["first_errors"] for run in load if run["errors"]] == []
    assert all(run["visits"] for run in load)


def test_every_open_task_list_is_true_at_the_end(benchmarked):
    printed, _folder = benchmarked
    found = results(benchmarked)["live"]
    assert found["errors"] == []
    assert (found["listeners"], found["untrue"]) == (3, 0)
    assert found["calls_a_second"] > 0
    assert "open task lists" in printed


def test_the_pictures_are_drawn(benchmarked):
    _printed, folder = benchmarked
    assert (folder / "latest.svg").read_text("utf-8").startswith("<svg")
    assert (folder / "latest.png").read_bytes().startswith(b"\x89PNG")


def test_the_same_seed_gives_the_numbers_that_the_orm_counts(benchmarked, kontakti):
    """A database filled again has the numbers of the one that was measured."""
    run = kontakti.benchmark()
    name, _seconds = inside.filled(run, "benchmark", **command.plan(SIZE, SEED))
    counted = json.loads(run.shell(name, COUNTED).split("FOUND ")[1])
    measured = results(benchmarked)["results"][0]["counts"]
    assert measured == counted
    assert sum(contacts for contacts, _customers in counted.values()) > SIZE // 20
