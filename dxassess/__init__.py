"""dxassess: DX maturity self-assessment on METI's DX推進指標, in rounds, together."""

__version__ = "0.1.0"
