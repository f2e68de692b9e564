#include "api/internal/downloads.h"

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

}  // namespace jingwei::api
