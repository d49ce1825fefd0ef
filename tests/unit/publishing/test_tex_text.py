import pytest

from arxiv_daily.publishing.formulas import plain, prose


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"Fr\'echet, Schr\"{o}dinger, na\"ive, Do\~nana", "Fréchet, Schrödinger, naïve, Doñana"),
        (r"Franco-Proven\c{c}al, SEN\'{C}OTEN, H{\"o}lder, Ku\v{c}era", "Franco-Provençal, SENĆOTEN, Hölder, Kučera"),
        (r"Poincar\'{e}, \'{\i}, Stra\ss e, S\o rensen, \AA ngstr\"om", "Poincaré, í, Straße, Sørensen, Ångström"),
        (r"\emph{online} \textbf{M}ultiple \textbf{\underline{t}}emporal", "online Multiple temporal"),
        (r"{\em object} level, {\bf bold}, \texttt{a\_b}", "object level, bold, a_b"),
        (r"{s}hift f{o}cus, per{c}ept{i}o{n}, {U}nsupervised", "shift focus, perception, Unsupervised"),
        (r"{-1, 0, 1} and {O,E,H} and {spoken}", "{-1, 0, 1} and {O,E,H} and {spoken}"),
        (r"5\% of A\&B, a\_b, \#1, \$5, \{x\}", "5% of A&B, a_b, #1, $5, {x}"),
        (r"360{\deg}, {\lambda}t, 7.16\times over, \copyright 2026", "360°, λt, 7.16× over, © 2026"),
        (r"\c{opyright} 2026, (\r{ho}=-0.8)", "© 2026, (ρ=-0.8)"),
        ("``quotes'' and ``surrogate\" and `one' and it's", "“quotes” and “surrogate” and ‘one’ and it's"),
        ("Impulsive--Stationary, 60--73, a -- b, so---yes", "Impulsive–Stationary, 60–73, a – b, so—yes"),
        ("use --flag, a <!-- b -->, |---|, -----", "use --flag, a <!-- b -->, |---|, -----"),
        ("48~kHz, vs.~SISO, models~(LMs), Task~1", "48 kHz, vs. SISO, models (LMs), Task 1"),
        ("(~5%), 22%~36%, 5.8 ~12.8%, 5~10", "(~5%), 22%~36%, 5.8 ~12.8%, 5~10"),
        (r"\url{https://a.example/~me/b--c\_d}", "https://a.example/~me/b--c_d"),
        (r"\href{https://a.example/x}{Code}", "Code (https://a.example/x)"),
        (r"\href{https://a.example/x}{https://a.example/x}", "https://a.example/x"),
        (r"models.\footnote{See $x$.} More", "models. (See x.) More"),
        (r"\verb|a$b$| and \textcolor{black}{so}", "a$b$ and so"),
        (r"\textbf{($\sim$ 22M vs $\sim$ 0.48M)}", "(∼ 22M vs ∼ 0.48M)"),
        (r"\discus was \method{} \ac{WER} \cite{a}", r"\discus was \method{} \ac{WER} \cite{a}"),
        ("C:\\new R^2 = 10^{-4} {{ x }} {% y %}", "C:\\new R^2 = 10^{-4} {{ x }} {% y %}"),
        ("模型在 5% 的数据上达到 `x`", "模型在 5% 的数据上达到 `x`"),
    ],
)
def test_text_mode_is_made_readable_and_nothing_else_changes(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_a_tie_binds_on_the_page() -> None:
    assert prose("48~kHz") == "48\u00a0kHz"


def test_what_was_made_readable_is_escaped_after_that() -> None:
    assert prose(r"\textless script\textgreater \textbf{<b>}") == "&lt; script&gt; &lt;b&gt;"
