"""Reading a workbook (.xlsx) somebody uploaded. It may be hostile, so it is read in a process of its own, within limits.

`reader` is what the rest of the program uses; `child` is the other process, with `parts` (the zip), `xml`, `strings`,
`styles`, `sheets` and `book` behind it. These need nothing but the standard library. See ADR 9.
"""
