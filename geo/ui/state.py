"""What the reader has chosen: in the page's address, and between reruns in the session."""

from dataclasses import replace

import streamlit as st

from geo.maps import live
from geo.model import Atlas
from geo.view import View, read_query, write_query
from geo.vocab import Worldview

#: Parameter of the address that belongs to the map's script.
MAP_PARAMETER = "at"

#: Names in the session: of the view as adopted from the address, of what was last written
#: there, of what was wrong with it, and of the choice of boundaries.
_ADOPTED, _WRITTEN, _NOTICES, WORLDVIEW = "adopted", "written", "notices", "worldview"


def layer_key(layer_id: str) -> str:
    """Name of a layer's switch in the session."""
    return f"layer:{layer_id}"


def adopt_address(atlas: Atlas) -> list[str]:
    """
    Take the view of the address, where it is not the one this session wrote there itself.

    Returns
    -------
    notices
        What was wrong with the address.
    """
    query = _own_query()
    if st.session_state.get(_WRITTEN) == query:
        return list(st.session_state.get(_NOTICES, ()))
    view, notices = read_query(query, atlas)
    allowed = live.worldviews()
    if view.worldview not in allowed:
        if WORLDVIEW in query:
            notices.append(f"The boundary view {view.worldview.label!r} is not shown here.")
        view = replace(view, worldview=allowed[0])
    for layer in atlas.layers:
        st.session_state[layer_key(layer.id)] = layer.id in view.shown_layers(atlas)
    st.session_state[WORLDVIEW] = view.worldview
    st.session_state[_ADOPTED] = view
    st.session_state[_NOTICES] = notices
    return notices


def chosen_view(atlas: Atlas) -> View:
    """Give the view the page's widgets and the map speak of."""
    layers = tuple(layer.id for layer in atlas.layers if st.session_state[layer_key(layer.id)])
    view: View = replace(
        st.session_state[_ADOPTED],
        layers=layers,
        worldview=Worldview(st.session_state[WORLDVIEW]),
    )
    shown = {one.id for one in view.shown(atlas)}
    return view if view.feature in shown else replace(view, feature=None)


def choose_feature(feature_id: str | None) -> None:
    """Remember which feature's card is open."""
    st.session_state[_ADOPTED] = replace(st.session_state[_ADOPTED], feature=feature_id)


def write_address(view: View, atlas: Atlas) -> None:
    """Put the view into the page's address, beside what the map's script keeps there."""
    query = write_query(view, atlas)
    allowed = live.worldviews()
    if view.worldview is allowed[0]:
        query.pop(WORLDVIEW, None)
    if query != _own_query():
        at = st.query_params.get(MAP_PARAMETER)
        st.query_params.from_dict(query | ({MAP_PARAMETER: at} if at else {}))
    st.session_state[_WRITTEN] = query


def _own_query() -> dict[str, str]:
    return {name: value for name, value in st.query_params.items() if name != MAP_PARAMETER}
