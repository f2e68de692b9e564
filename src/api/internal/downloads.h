// Office files as answers: their names, types, and the language of whoever asks.
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

}  // namespace jingwei::api
