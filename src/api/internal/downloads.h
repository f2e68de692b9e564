// Files as answers: their names, types, and the language of whoever asks. A table leaves as CSV and as XLSX, both made of one description.
#pragma once

#include "api/internal/context.h"
#include "office/document.h"

namespace jingwei::api {

/// Content-Disposition of a download (RFC 6266): the name in UTF-8 as `filename*`, and for old programs with "_" for what is not ASCII.
void set_attachment(Response& response, std::string_view name);
/// By Accept-Language; without it, as the account has it.
bool reads_english(const Caller& caller, const Request& request);
/// `name` without its ending.
Response xlsx_response(const office::Workbook& workbook, const std::string& name);
Response docx_response(const office::Document& document, const std::string& name);
/// One sheet as a workbook of this node.
office::Workbook workbook_of(Services& services, bool english, office::Sheet sheet);
http::BodyDoc xlsx_body();
http::BodyDoc docx_body();

enum class TableFormat { csv, xlsx };
/// `name` without its ending. CSV has room for one table, the first of the workbook.
Response table_response(TableFormat format, const office::Workbook& workbook, const std::string& name);

using TableHandler = std::function<awaitable<Response>(Request&, TableFormat)>;
/// Adds `path`.csv and `path`.xlsx. `doc` holds what both have in common: its id gets "Csv" and "Xlsx" behind it, its summary the format.
void add_table_routes(http::Router& router, const std::string& path, const http::RouteDoc& doc, const TableHandler& handler);

}  // namespace jingwei::api
