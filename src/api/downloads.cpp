#include "api/internal/downloads.h"

#include <algorithm>

#include "office/csv.h"

namespace jingwei::api {

void set_attachment(Response& response, std::string_view name) {
  // RFC 8187 section 3.2.1: these stand for themselves, every other byte is %XX.
  constexpr std::string_view kPlain = "!#$&+-.^_`|~";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string plain;
  std::string encoded;
  for (const char c : name) {
    const bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const auto byte = static_cast<unsigned char>(c);
    if (word || kPlain.contains(c)) encoded += c;
    else encoded += {'%', kHex[byte >> 4], kHex[byte & 15]};
    constexpr unsigned char kContinuation = 0xC0;  // of a character that has its "_" already
    if ((byte & kContinuation) == 0x80) continue;
    plain += word || std::string_view(".-_ ").contains(c) ? c : '_';
  }
  response.set("Content-Disposition", "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded);
}

bool reads_english(const Caller& caller, const Request& request) {
  if (request.header("Accept-Language")) return request.language() == http::Language::en;
  return !caller.actor.is_anonymous() && caller.language == identity::Language::en;
}

Response xlsx_response(const office::Workbook& workbook, const std::string& name) {
  Response response = http::bytes_response(office::bytes_of(workbook), office::kXlsxType);
  set_attachment(response, name + ".xlsx");
  return response;
}

Response docx_response(const office::Document& document, const std::string& name) {
  Response response = http::bytes_response(office::bytes_of(document), office::kDocxType);
  set_attachment(response, name + ".docx");
  return response;
}

office::Workbook workbook_of(Services& services, bool english, office::Sheet sheet) {
  const std::string title = sheet.name;
  return {title, english ? services.node.title_en : services.node.title_zh, services.clock.now(), {std::move(sheet)}};
}

http::BodyDoc xlsx_body() { return http::text_of(std::string(office::kXlsxType)); }
http::BodyDoc docx_body() { return http::text_of(std::string(office::kDocxType)); }

Response table_response(TableFormat format, const office::Workbook& workbook, const std::string& name) {
  if (format == TableFormat::xlsx) return xlsx_response(workbook, name);
  Response response = http::bytes_response(office::csv_of(workbook.sheets.front()), "text/csv; charset=utf-8");
  set_attachment(response, name + ".csv");
  return response;
}

void add_table_routes(http::Router& router, const std::string& path, const http::RouteDoc& doc, const TableHandler& handler) {
  http::RouteDoc csv = doc;
  csv.id += "Csv";
  csv.summary = {doc.summary.zh + "（CSV）", doc.summary.en + ", as CSV"};
  csv.response = http::text_of("text/csv");
  http::RouteDoc xlsx = doc;
  xlsx.id += "Xlsx";
  xlsx.summary = {doc.summary.zh + "（XLSX）", doc.summary.en + ", as XLSX"};
  xlsx.response = xlsx_body();
  if (std::ranges::find(xlsx.errors, Code::too_large) == xlsx.errors.end()) xlsx.errors.push_back(Code::too_large);
  router.add(http::Method::get, path + ".csv", [handler](Request& request) { return handler(request, TableFormat::csv); }, std::move(csv));
  router.add(http::Method::get, path + ".xlsx", [handler](Request& request) { return handler(request, TableFormat::xlsx); }, std::move(xlsx));
}

}  // namespace jingwei::api
