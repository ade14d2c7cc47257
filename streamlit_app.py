"""`streamlit run streamlit_app.py` opens the map."""

from streamlit.starlette import App

from geo import server

# Streamlit looks for this call, literally; a page on its own would have none of our routes.
app = App(
    server.PAGE,
    routes=server.routes(server.base_path()),
    middleware=server.middleware(server.base_path()),
    lifespan=server.warmed,
)
