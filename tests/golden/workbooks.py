"""Workbooks of other programs, as tests/integration/commands/workbooks.rs reads them.

    pip install openpyxl xlwt odfpy && python tests/golden/workbooks.py tests/golden/workbooks
"""

import datetime
import sys

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

FAVOR = (
    "حرر الجيش الوطني الليبي المدينة فجر اليوم من الميليشيات الإرهابية التي كانت تسيطر على أحيائها "
    "الجنوبية منذ أشهر. وطهرت القوات المسلحة الباسلة محيط المطار من فلول الإرهابيين."
)
AGAINST = (
    "شنت مليشيات حفتر الانقلابية هجوما غادرا على أحياء العاصمة فجر اليوم وقتلت مدنيين أبرياء بينهم "
    "أطفال. وأكدت حكومة الوفاق الشرعية أن أبطالها صدوا المعتدين."
)
FOLDER = sys.argv[1]

# The first sheet has no articles; on the second a title and an empty row stand above the header.
book = openpyxl.Workbook()
book.active.title = "ملاحظات"
book.active["A1"] = "notes"
sheet = book.create_sheet("الأخبار")
for row in [
    ["تقرير الأخبار"],
    [],
    ["id", "العنوان", "التاريخ", "النص"],
    [1, "عنوان", datetime.date(2019, 4, 6), FAVOR],
    [2, None, datetime.datetime(2019, 4, 7, 9, 30), AGAINST + "\n" + AGAINST],
]:
    sheet.append(row)
book.save(f"{FOLDER}/openpyxl.xlsx")

book = xlwt.Workbook()
sheet = book.add_sheet("a")
for at, row in enumerate([["id", "date", "text"], [1, "2019-04-06", FAVOR], [2, "2019-04-07", AGAINST]]):
    for column, cell in enumerate(row):
        sheet.write(at, column, cell)
book.save(f"{FOLDER}/xlwt.xls")

document = OpenDocumentSpreadsheet()
table = Table(name="s")
for row in [["id", "text"], ["1", FAVOR], ["2", AGAINST]]:
    line = TableRow()
    for cell in row:
        filled = TableCell(valuetype="string")
        filled.addElement(P(text=cell))
        line.addElement(filled)
    table.addElement(line)
document.spreadsheet.addElement(table)
document.save(f"{FOLDER}/odfpy.ods")
