"""LaTeX, template languages, and the formats that pages and feeds are written in."""

ENGINES = {
    "Jinja": "{{7*7}}{{ cycler.__init__.__globals__.os.popen('id').read() }}{# MARK #}",
    "template literal": "${7*7} ${alert('MARK')} #{7*7} #{`id`}",
    "ERB": "<%= 7*7 %><% MARK %><%# no %>",
    "format strings": "{0} {} {paper!r} %s %(x)s %n {text.__class__} MARK",
    "shell": "$(touch MARK) `id` ; rm -rf / | cat && echo $HOME",
    "SQL": "'; DROP TABLE papers; -- MARK",
    "formula of a spreadsheet": '=HYPERLINK("https://evil.example","MARK")',
}

LATEX = {
    "link in a formula": "$\\href{javascript:alert(1)}{MARK}$",
    "address in a formula": "$\\url{https://evil.example/MARK}$ \\url{javascript:alert(1)}",
    "text in a formula": "$\\text{<script>alert('MARK')</script>}$",
    "style in a formula": "$\\style{background:url(//evil.example)}{MARK} \\class{evil}{x} \\cssId{evil}{y}$",
    "page of a formula": "$\\html{<b>MARK</b>} \\unicode{x3c}script\\unicode{x3e} \\require{html}$",
    "image in a formula": "$<img src=x onerror=alert(1)> MARK$",
    "macro that grows": "$\\def\\a{\\a\\a}\\a \\newcommand{\\x}{\\x\\x}\\x MARK$",
    "file in a formula": "$\\input{/etc/passwd} \\write18{id} \\includegraphics{MARK}$",
    "parentheses of a formula": "\\(x_i^2 < y\\) and \\[\\sum_{i=1}^{n} MARK_i\\]",
    "environment": "\\begin{align}a &= b \\\\ &= MARK\\end{align}",
    "formula that breaks off": "it costs $5 MARK $ and $$ and $x_{",
    "braces in braces": "$" + "{" * 200 + "MARK" + "}" * 200 + "$",
    "formula": "MARK: $\\frac{a_1}{b^2} \\leq \\{x \\mid y\\} \\sim 5\\%$ for $O(n \\log n)$",
    "comment of LaTeX": "MARK 5\\% of % this\n%MARK",
    "accents": "Erd\\H{o}s, \\'Etienne, M\\\"uller, na\\\"{\\i}ve ~ MARK--MARK ``quoted''",
}

DATA_FORMATS = {
    "end of a JSON string": '"}],"evil":[{"MARK":"',
    "script in JSON-LD": '</script><script type="application/ld+json">{"MARK":1}',
    "comment in a script": "<!--<script>MARK//--></script>",
    "JSON escapes": '\\u003cscript\\u003eMARK\\u0022 \\n \\/ \\"',
    "end of CDATA": "]]>MARK<![CDATA[",
    "entity of a document": '<!DOCTYPE x [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>&xxe; MARK',
    "growing entities": '<!ENTITY a "MARKMARK"><!ENTITY b "&a;&a;">&b;',
    "feed element": "</title></entry></feed><entry><id>MARK</id></entry>",
    "BibTeX": 'MARK}, url = {https://evil.example}} @comment{ "x" # y, \\input{z} %',
    "CSS": "*/ body{display:none} /* \\3c/style\\3e MARK @import '//evil.example/x.css';",
}
