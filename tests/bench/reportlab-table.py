#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What bench-table compares with: the first rows of a CSV file as a table of
ReportLab, rows of one height, with the headings on each page. Prints the
seconds that it took without its start."""
import csv
import io
import sys
import time

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

ROWS_PER_PAGE = 34
STYLE = TableStyle([
    ('FONTSIZE', (0, 0), (-1, -1), 8),
    ('LINEBELOW', (0, 0), (-1, -1), 0.4, colors.lightgrey),
])


def main(path, n_rows):
    with open(path, encoding='utf-8-sig', newline='') as file:
        head, *rows = list(csv.reader(file))[:n_rows + 1]
    start = time.monotonic()
    story = []
    for first in range(0, len(rows), ROWS_PER_PAGE):
        page = [head[1:]] + [row[1:] for row in rows[first:first + ROWS_PER_PAGE]]
        story.append(Table(page, colWidths=[105] * len(head[1:]), rowHeights=[14] * len(page), style=STYLE))
    SimpleDocTemplate(io.BytesIO(), pagesize=landscape(A4), leftMargin=34, rightMargin=34, topMargin=34,
                      bottomMargin=34).build(story)
    print(f'{time.monotonic() - start:.3f}')


main(sys.argv[1], int(sys.argv[2]))
