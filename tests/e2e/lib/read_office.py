"""What programs not written here see in an office file, as JSON: openpyxl reads .xlsx, python-docx .docx (both from Debian)."""

import datetime
import json
import sys


def plain(value):
    return value.isoformat(sep=" ") if isinstance(value, (datetime.date, datetime.datetime)) else value


def workbook(path):
    import openpyxl

    sheets = []
    for sheet in openpyxl.load_workbook(path).worksheets:
        rows = [[{"value": plain(cell.value), "type": cell.data_type, "format": cell.number_format} for cell in row] for row in sheet.iter_rows()]
        charts = [{"kind": type(chart).__name__, "series": [series.val.numRef.f for series in chart.series]} for chart in sheet._charts]
        sheets.append({"name": sheet.title, "rows": rows, "charts": charts, "frozen": sheet.freeze_panes, "filter": sheet.auto_filter.ref})
    return {"sheets": sheets}


def document(path):
    import docx
    from docx.oxml.ns import qn

    file = docx.Document(path)
    charts = [part for part in file.part.package.iter_parts() if part.partname.startswith("/word/charts/chart")]
    section = file.sections[0]
    return {
        "title": file.core_properties.title,
        "paragraphs": [{"style": one.style.name, "text": one.text} for one in file.paragraphs],
        "tables": [
            {
                "style": table.style.name,
                "repeated": table.rows[0]._tr.trPr is not None and table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None,
                "rows": [[cell.text for cell in row.cells] for row in table.rows],
            }
            for table in file.tables
        ],
        "charts": [{"content": chart.content_type, "parts": [str(rel.target_part.partname) for rel in chart.rels.values()]} for chart in charts],
        "inline": len(file.inline_shapes),
        "page": [round(section.page_width.mm), round(section.page_height.mm)],
        "footer": section.footer.paragraphs[0].text,
    }


print(json.dumps(document(sys.argv[1]) if sys.argv[1].endswith(".docx") else workbook(sys.argv[1]), ensure_ascii=False))
