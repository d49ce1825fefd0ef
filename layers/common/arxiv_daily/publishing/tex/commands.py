"""Commands and environments of formulas that latex2mathml does not know, or should not see."""

COMMANDS = {
    "mathds": r"\mathbb", "mathbbm": r"\mathbb", "mathbbmss": r"\mathbb", "mathpzc": r"\mathcal",
    "EuScript": r"\mathcal", "pazocal": r"\mathcal", "mathbfcal": r"\mathcal", "mathbfit": r"\boldsymbol",
    "nicefrac": r"\frac", "sfrac": r"\frac", "textmu": r"\mu", "micro": r"\mu", "textdegree": r"\degree",
    "textpm": r"\pm", "texttimes": r"\times", "textless": "<", "textgreater": ">", "textasciitilde": "∼",
    "textendash": r"\text{–}", "textemdash": r"\text{—}", "AA": r"\text{Å}", "arg": r"\operatorname{arg}",
    "slash": "/", "sim": "∼", "setminus": "∖", "percent": r"\%",
    "mathop": "", "mathbin": "", "mathrel": "", "mathord": "", "mathopen": "", "mathclose": "", "mathpunct": "",
    "mathinner": "", "ensuremath": "", "xspace": "", "protect": "", "relax": "", "allowbreak": "", "nobreak": "",
    "nonumber": "", "notag": "", "displaylimits": "", "mathlarger": "", "boldmath": "",
}  # fmt: skip
"""What stands for a command, by its name; nothing for those whose argument says it all."""

REFUSED = {
    "def", "edef", "gdef", "xdef", "let", "newcommand", "renewcommand", "providecommand", "newenvironment",
    "DeclareMathOperator", "require", "href", "url", "style", "class", "cssId", "verb", "rule", "includegraphics",
}  # fmt: skip
"""Macros, which grow without bound, and what reaches out of the formula."""

ENVIRONMENTS = {
    "equation": "", "displaymath": "", "math": "", "align": "align*", "aligned": "align*", "eqnarray": "align*",
    "flalign": "align*", "split": "align*", "gather": "matrix", "gathered": "matrix", "multline": "matrix",
    "cases": "cases", "dcases": "cases", "array": "array", "matrix": "matrix", "pmatrix": "pmatrix",
    "bmatrix": "bmatrix", "Bmatrix": "Bmatrix", "vmatrix": "vmatrix", "Vmatrix": "Vmatrix",
    "smallmatrix": "smallmatrix",
}  # fmt: skip
"""By the name without its star: the one to use, without numbers; none for an equation, which is a formula."""
