"""The ballot: small pages of our own for the phones in the room, beside Streamlit (ADR 8)."""
