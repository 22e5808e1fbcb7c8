"""Where people meet it: the only place that imports Streamlit."""
