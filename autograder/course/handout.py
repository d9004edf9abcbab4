"""What course.yml says of a handout: what to know before, what to read on, what people give
points for."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Model(BaseModel):
    """A mapping in course.yml: no field that is not known, no value of another type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class SelfCheck(Model):
    """A question that a student who is ready answers in a moment."""

    question: str = Field(min_length=1, description="a text, the question")
    answer: str = Field(min_length=1, description="a text, the answer in a line")


class Before(Model):
    """What a student reads before beginning."""

    goals: list[str] = Field(
        min_length=1, description="a list of what one is able to do afterwards"
    )
    needs: list[str] = Field(min_length=1, description="a list of what one needs to know")
    check: list[SelfCheck] = Field(
        default=[], description="a list of questions with answers: two minutes of self-check"
    )
    hours: int = Field(ge=1, description="whole hours that the assignment takes, at least 1")
    difficulty: int = Field(ge=1, le=5, description="a whole number from 1 (easy) to 5 (hard)")


class Reading(Model):
    """A paper or a book for those who want to read on."""

    title: str = Field(min_length=1, description="a text: who, what, when")
    url: str = Field(pattern=r"^https?://\S+$", description="an address that begins with https://")
    why: str = Field(default="", description="a text: what one finds there")


class RubricItem(Model):
    """What people give points for in the written question."""

    item: str = Field(min_length=1, description="a text: what the points are for")
    points: float = Field(gt=0, description="a number of points greater than 0")
    sample: str = Field(default="", description="a text: a good answer; students never see it")
