"""What remains of a picture: its points, and which way up it is held. Nothing else."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo

from portal.files.pictures import Damaged, plain_jpeg, plain_png
from tests import papers


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def test_a_photograph_says_no_more_where_by_whom_and_with_what_it_was_taken() -> None:
    given_ = papers.jpeg()
    assert b"Mario Rossi" in given_
    kept = plain_jpeg(given_).content
    assert b"Mario Rossi" not in kept
    assert dict(opened(kept).getexif()) == {}


def test_the_points_of_a_photograph_stay_as_they_are() -> None:
    given_ = papers.jpeg()
    assert ImageChops.difference(opened(given_), opened(plain_jpeg(given_).content)).getbbox() is None


@pytest.mark.parametrize("turned", range(2, 9))
def test_a_photograph_stays_the_right_way_up(turned: int) -> None:
    kept = opened(plain_jpeg(papers.jpeg(), turned).content)
    assert dict(kept.getexif()) == {papers.ORIENTATION: turned}


def test_a_photograph_in_several_scans_is_kept_whole() -> None:
    given_ = papers.jpeg(progressive=True)
    kept = plain_jpeg(given_)
    assert (kept.width, kept.height) == (64, 48)
    assert ImageChops.difference(opened(given_), opened(kept.content)).getbbox() is None


def test_what_follows_the_end_of_a_photograph_is_left_out() -> None:
    assert b"dopo" not in plain_jpeg(papers.jpeg() + b"dopo la fine").content


def test_a_picture_keeps_no_words_about_itself() -> None:
    made = io.BytesIO()
    words = PngInfo()
    words.add_text("Author", "Mario Rossi")
    Image.new("RGB", (9, 9)).save(made, "PNG", pnginfo=words)
    assert b"Mario Rossi" in made.getvalue()
    kept = plain_png(made.getvalue())
    assert b"Mario Rossi" not in kept.content
    assert (kept.width, kept.height) == (9, 9)


@pytest.mark.parametrize("more", [b"x", papers.archive(), b"%PDF-1.7"])
def test_a_picture_with_something_behind_its_end_is_none(more: bytes) -> None:
    with pytest.raises(Damaged):
        plain_png(papers.png() + more)


@given(st.integers(0, 4000), st.booleans())
def test_what_is_cut_short_is_never_taken_for_whole(at: int, photograph: bool) -> None:
    whole = papers.jpeg() if photograph else papers.png()
    read = plain_jpeg if photograph else plain_png
    cut = whole[: min(at, len(whole) - 2)]
    with pytest.raises(Damaged):
        read(cut)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_picture_or_damaged_and_nothing_else(noise: bytes) -> None:
    for read, mark in ((plain_jpeg, b"\xff\xd8"), (plain_png, b"\x89PNG\r\n\x1a\n")):
        try:
            read(mark + noise)
        except Damaged:
            continue
