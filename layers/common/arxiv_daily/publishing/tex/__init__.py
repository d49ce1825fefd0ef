"""TeX in titles, abstracts and readings: text mode made readable, formulas made MathML or Unicode."""
