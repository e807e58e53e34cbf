#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What bench-report compares with: pages with a table, bars and lines on each,
of the same numbers, as many as are asked for, in one file. Prints the seconds of the
processor that it took without its start."""
import io
import sys
import time

from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.charts.linecharts import HorizontalLineChart
from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

N_ROWS = 22
STYLE = TableStyle([
    ('FONTSIZE', (0, 0), (-1, -1), 8),
    ('ALIGN', (1, 0), (-1, -1), 'RIGHT'),
    ('LINEBELOW', (0, 0), (-1, -1), 0.4, colors.lightgrey),
])


def value(page, series, i):
    return 1000 + (page * 7919 + series * 104729 + i * 1299709) % 9001


def bars(page):
    chart = VerticalBarChart()
    chart.x, chart.y, chart.width, chart.height = 35, 25, 210, 150
    chart.data = [[value(page, 5, i) for i in range(6)]]
    chart.valueAxis.valueMin = 0
    chart.categoryAxis.categoryNames = [f'Stage {i + 1}' for i in range(6)]
    return chart


def lines(page):
    chart = HorizontalLineChart()
    chart.x, chart.y, chart.width, chart.height = 300, 25, 210, 150
    chart.data = [[value(page, series, i) for i in range(12)] for series in (6, 7)]
    chart.valueAxis.valueMin = 0
    chart.categoryAxis.categoryNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
    return chart


def write(n_pages):
    heading = getSampleStyleSheet()['Heading3']
    story = []
    for page in range(n_pages):
        rows = [['', 'Deals', 'Amount', 'Cost', 'Margin']]
        rows += [[f'Customer number {page * N_ROWS + i}'] + [f'{value(page, series, i):,}' for series in range(4)]
                 for i in range(N_ROWS)]
        drawing = Drawing(525, 190)
        drawing.add(bars(page))
        drawing.add(lines(page))
        story += [Paragraph('Customers', heading), Table(rows, rowHeights=[14] * len(rows), style=STYLE),
                  Paragraph('Deals, revenue', heading), drawing, PageBreak()]
    SimpleDocTemplate(io.BytesIO(), pagesize=A4, leftMargin=34, rightMargin=34, topMargin=34, bottomMargin=34).build(story)


start = time.process_time()
write(int(sys.argv[1]))
print(f'{time.process_time() - start:.3f}')
