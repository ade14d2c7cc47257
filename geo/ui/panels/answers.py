"""Section "Answers" of the page "Data & method": what the shown changes, each figure with its range."""

from dataclasses import replace
from functools import lru_cache

import streamlit as st

from geo import analysis, live, render, store, text
from geo.analysis import Answer, Quantity, Table
from geo.errors import GeoError
from geo.ui.plain import plain
from geo.view import View


def answers_section(view: View) -> None:
    """Draw the section: the answers in sentences, and the figures behind them on demand."""
    lang = view.lang
    st.subheader(text.message("Answers", lang), anchor=False)
    st.text(
        text.message(
            "About what the map shows now: its layers, filters, day and boundaries. Nothing that is "
            "only claimed and no diagram counts as in service.",
            lang,
        )
    )
    found = store.find()
    try:
        with st.spinner(text.message("Reckoning…", lang)):
            # What is open or searched for changes no answer.
            told = _answers(found, live.signature(found), replace(view, feature=None, search=""))
    except GeoError as error:
        st.text(str(error))
        return
    for answer in told:
        _answer(answer, lang)
    st.text(text.boundary_note(view.worldview, lang))


@lru_cache(maxsize=16)
def _answers(found: store.Store, _signature: live.Signature, view: View) -> tuple[Answer, ...]:
    return analysis.answers(live.atlas(view.as_of), view, found)


def _answer(answer: Answer, lang: str) -> None:
    say = text.translator(lang)
    question = answer.question
    with st.container(key=f"answer-{question}"):
        heading = f"{plain(say(question.label))}: {plain(say(question.meaning))}"
        st.markdown(f"**{heading}**")
        st.markdown("\n".join(f"- {plain(one)}" for one in answer.sentences))
        tables = [one for one in answer.tables if one.rows]
        if tables:
            with st.expander(say("Figures, and how they are made"), key=f"figures-{question}"):
                for table in tables:
                    st.html(_table(table, lang))


def _table(table: Table, lang: str) -> str:
    say = text.translator(lang)
    return render.render(
        "figures.html.jinja",
        title=table.title,
        columns=[column.label for column in table.keys],
        measures=[
            f"{one.label}, {say(one.unit)}" if one.unit else one.label for one in table.measures
        ],
        rows=[
            {
                "is_total": row.is_total,
                "labels": [row.keys[column.name].label for column in table.keys],
                "values_": [_value(row.quantities[one.name], lang) for one in table.measures],
            }
            for row in table.rows
        ],
        about=[
            (say("How they are made"), table.method),
            (say("From"), table.data),
            (say("What they do not mean"), table.caveat),
        ],
    )


def _value(quantity: Quantity, lang: str) -> dict[str, str | bool]:
    words, _, range_ = analysis.measured(quantity, None, lang).partition(" (")
    if quantity.unknown is not None:
        return {"words": quantity.unknown, "range": "", "unknown": True}
    return {"words": words, "range": range_.removesuffix(")"), "unknown": False}
