import pytest

from arxiv_daily.publishing.formulas import plain, prose
from tests.unit.publishing.mathml_core import faults, on_page

CONVERTED = [
    r"x",
    r"^2",
    r"_\text{p}",
    r"{}^3",
    r"\alpha \in (0,1)",
    r"\mathbb{E}_{x \sim p_\theta(x)}[\log p(x)]",
    r"\mathcal{L}_{\text{CE}}",
    r"\boldsymbol{\mu} + \bm{\Sigma}^{-1}",
    r"\arg\max_{\theta} f",
    r"\operatorname*{arg\,min}_{x \in \mathbb{R}^d}",
    r"\mathds{1}[x>0]",
    r"\ensuremath{\alpha}\xspace",
    r"\textsc{Sat}",
    r"\nicefrac{1}{2}",
    r"\frac{\partial u}{\partial t}=\Delta u",
    r"\left|\frac{a}{b}\right|",
    r"\sqrt[3]{x}",
    r"\binom{n}{k}",
    r"x \not\in A \not= B",
    r"\begin{pmatrix}1&0\\0&1\end{pmatrix}",
    r"\begin{cases}1 & \text{if $x>0$}\\0 & \text{otherwise}\end{cases}",
    r"\underbrace{a+b}_{c}",
    r"\xrightarrow{\texttt{linear mapping}}",
    r"\sum_{i=1}^{n} x_i",
    r"\widetilde{\mathcal{O}}(\sqrt{n})",
    r"\text{a\_b}",
    r"10~\mathrm{dB}",
    r"55.1%",
    r"\unicode{x2013}",
    r"F_θ",
    r"\textbf{11$^{\circ}$}",
]


@pytest.mark.parametrize("latex", CONVERTED)
@pytest.mark.parametrize("written", ["${}$", r"\({}\)", "$${}$$", r"\[{}\]"])
def test_a_formula_becomes_valid_mathml_that_carries_its_source(latex: str, written: str) -> None:
    [math] = on_page(prose(written.replace("{}", latex, 1)))
    assert (math.tag, math.get("alttext"), faults(math)) == ("math", latex, [])
    assert (math.get("display") == "block") is (written[:2] in ("$$", r"\["))


@pytest.mark.parametrize("name", ["equation", "align", "align*", "gather", "eqnarray"])
def test_an_environment_is_a_display_formula_without_numbers(name: str) -> None:
    written = rf"\begin{{{name}}} a = b \end{{{name}}}"
    [math] = on_page(prose(written))
    assert (math.get("display"), math.get("alttext"), faults(math)) == ("block", written, [])
    assert "(1)" not in "".join(math.itertext())


STAYS = [
    r"$\foo_x$",
    r"$x{$",
    r"$\frac$",
    r"$\left( x$",
    r"$\href{https://a.example}{x}$",
    r"$\def\a{\b\b}\a$",
    r"$\cancel{x}$",
    r"$\phantom{x} y$",
    r"$\mathrlap{x} y$",
    r"$\rule{9em}{9em}$",
    r"$a \\ b$",
    r"$\text{\foo}$",
    r"$\begin{tikzpicture}x\end{tikzpicture}$",
    r"$\unicode{x202e}$",
    r"$\hspace{900em}x$",
    "$" + "x" * 2001 + "$",
    "$" + "{" * 30 + "x" + "}" * 30 + "$",
]


@pytest.mark.parametrize("written", STAYS)
def test_what_mathml_cannot_say_stands_as_it_was_written(written: str) -> None:
    [code] = on_page(f"see {prose(written)} there")
    assert (code.tag, code.attrib, code.text) == ("code", {"class": "tex"}, written)
    assert plain(written) == written


@pytest.mark.parametrize(
    "text",
    [
        "$5 and $10",
        "US$5 million and US$10 million",
        "$5-$10",
        "US$10 million ($ 35)",
        "$5 for a_b, and $6 for c",
        "$5 for each of the a_b, $x more",
        "a loss of $43 billion, or $12 each",
        "low-cost ($ 35), and costs of $x",
        "售价$5，而竞品为$10",
        "echo $HOME and $PATH",
        "$5",
        "$",
        "$$",
        "$$$$",
        r"an open \( and an open \[",
        r"\begin{align} a",
        "$a\n\nb$",
    ],
)
def test_dollars_that_open_no_formula_are_text(text: str) -> None:
    assert prose(text) == text
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (r"$\sim$3", r"\sim"),
        ("共$3,382$个", "3,382"),
        ("为$x$的", "x"),
        (r"costs \$5, or $n$ more", "n"),
        ("a $ n $ b", "n"),
        ("of $128$ and", "128"),
        ("at $16 kHz$ now", "16 kHz"),
        (r"$5 each, at $x_1$", "x_1"),
    ],
)
def test_a_formula_is_found_among_other_signs(text: str, source: str) -> None:
    [math] = on_page(prose(text))
    assert (math.tag, math.get("alttext")) == ("math", source)


def test_text_around_formulas_is_escaped_and_kept() -> None:
    shown = prose("a<b & $x$ \"c\" 'd'")
    assert shown == 'a&lt;b &amp; <math alttext="x"><mi>x</mi></math> &#34;c&#34; &#39;d&#39;'


def test_a_formula_of_words_alone_may_be_broken_by_a_style() -> None:
    assert prose(r"$\textit{a b}$") == r'<math class="text" alttext="\textit{a b}"><mtext>a b</mtext></math>'


def test_letters_of_an_alphabet_are_unicode_s_own() -> None:
    assert "<mi>ℒ</mi><mi>𝒟</mi>" in prose(r"$\mathcal{LD}$")
    assert "<mi>𝐱</mi>" in prose(r"$\mathbf{x}$")
    assert "<mi>ℝ</mi>" in prose(r"$\mathbb R$")


def test_upright_letters_are_one_word_and_a_number_keeps_its_comma() -> None:
    assert "<mi>Modulus</mi>" in prose(r"$E_{\mathrm{Modulus}}$")
    assert '<mi mathvariant="normal">d</mi>' in prose(r"$\mathrm{d}x$")
    assert "<mn>3,382</mn>" in prose("$3,382$")


def test_a_sign_that_stands_alone_keeps_no_distance() -> None:
    assert prose(r"36$\times$") == r'36<math alttext="\times"><mi>×</mi></math>'


def test_a_function_stands_apart_from_its_argument() -> None:
    assert '<mi>log</mi><mspace width="0.167em"></mspace><mi>n</mi>' in prose(r"$\log n$")
    assert "<mi>log</mi><mo" in prose(r"$\log(n)$")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"$\alpha$", "α"),
        ("P$^{2}$V, I$^2$S, IS${}^3$", "P²V, I²S, IS³"),
        (r"An $D_{12}$-equivariant", "An D₁₂-equivariant"),
        (r"$\mathcal{A}LLM4ADD$", "ALLM4ADD"),
        (r"$\mathbb{R}^n$", "ℝⁿ"),
        (r"$r=0.85$, $H \to \gamma\gamma$", "r = 0.85, H → γγ"),
        (r"$\text{M}^3\text{PDB}$ at $10~\mathrm{dB}$", "M³PDB at 10 dB"),
        (r"$\hat{h}^*$", "ĥ*"),
        (r"O($N\log N$), $\Lambda\mathrm{CDM}$", "O(N log N), ΛCDM"),
        (r"$\frac{a}{b}$ <b>", r"$\frac{a}{b}$ <b>"),
        (r"$x_{\text{CE}}$", r"$x_{\text{CE}}$"),
        (r"48~kHz", "48 kHz"),
    ],
)
def test_plain_text_has_simple_formulas_in_unicode_and_others_as_written(text: str, shown: str) -> None:
    assert plain(text) == shown
