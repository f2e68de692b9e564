#include "http/forms.h"

#include <algorithm>
#include <cctype>

#include "base/rejected.h"
#include "base/text.h"

namespace jingwei::http {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_control(unsigned char c) { return c < 0x20 || c == 0x7F; }
bool is_line_text(unsigned char c) { return c == '\t' || c == '\n' || c == '\r'; }

std::optional<std::string> decode(std::string_view text, bool form) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high << 4 | low);
      i += 2;
    } else if (form && c == '+') {
      c = ' ';
    }
    const auto byte = static_cast<unsigned char>(c);
    if (is_control(byte) && !(form && is_line_text(byte))) return std::nullopt;
    out += c;
  }
  if (!is_utf8(out)) return std::nullopt;
  return out;
}

std::string_view trim_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// What follows the first ';' of a header, cut at the next ';' outside quotes; removes it from `rest`.
std::string_view take_parameter(std::string_view& rest) {
  bool quoted = false;
  std::size_t end = 0;
  for (; end < rest.size(); ++end) {
    if (quoted && rest[end] == '\\') ++end;
    else if (rest[end] == '"') quoted = !quoted;
    else if (rest[end] == ';' && !quoted) break;
  }
  end = std::min(end, rest.size());
  const auto parameter = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return parameter;
}

/// Only \" and \\ are escapes: browsers send backslashes of Windows file names as they are.
std::optional<std::string> unquote(std::string_view text) {
  if (!text.starts_with('"')) return text.find('"') == text.npos ? std::optional(std::string(text)) : std::nullopt;
  if (text.size() < 2 || !text.ends_with('"')) return std::nullopt;
  text = text.substr(1, text.size() - 2);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) ++i;
    else if (text[i] == '"') return std::nullopt;
    out += text[i];
  }
  return out;
}

[[noreturn]] void malformed_form(Bilingual reason) {
  throw Rejected(Code::malformed, "", std::move(reason),
                 {"用浏览器表单或标准的 multipart/form-data 重新提交", "send it as standard multipart/form-data"});
}

std::string boundary_of(std::string_view content_type) {
  const auto media_type = to_lower_ascii(trim_blanks(content_type.substr(0, content_type.find(';'))));
  if (media_type != "multipart/form-data")
    throw Rejected(Code::unsupported, "", {"不是 multipart/form-data 表单", "is not a multipart/form-data form"},
                   {"按 multipart/form-data 提交文件", "send the file as multipart/form-data"});
  const auto boundary = header_parameter(content_type, "boundary");
  const auto allowed = [](unsigned char c) {
    return std::isalnum(c) != 0 || std::string_view("'()+_,-./:=? ").find(static_cast<char>(c)) != std::string_view::npos;
  };
  if (!boundary || boundary->empty() || boundary->size() > kFormBoundaryBytesMax || boundary->ends_with(' ') ||
      !std::all_of(boundary->begin(), boundary->end(), allowed))
    malformed_form({"表单缺少有效的分隔符", "the form has no valid boundary"});
  return *boundary;
}

void read_disposition(std::string_view value, FormPart& part) {
  if (to_lower_ascii(trim_blanks(value.substr(0, value.find(';')))) != "form-data")
    malformed_form({"表单部分不是 form-data", "a part of the form is not form-data"});
  auto name = header_parameter(value, "name");
  if (!name || !is_utf8(*name)) malformed_form({"表单部分没有名称", "a part of the form has no name"});
  part.name = std::move(*name);
  part.file_name = header_parameter(value, "filename");
  if (part.file_name && !is_utf8(*part.file_name)) malformed_form({"文件名不是 UTF-8", "a file name is not UTF-8"});
}

/// Reads the header lines of one part and removes them, with the empty line, from `rest`.
FormPart take_part_headers(std::string_view& rest) {
  FormPart part{"", std::nullopt, "text/plain", {}};
  bool has_disposition = false;
  std::size_t bytes = 0;
  for (;;) {
    const auto end = rest.substr(0, kFormPartHeaderBytesMax).find("\r\n");
    if (end == rest.npos || (bytes += end + 2) > kFormPartHeaderBytesMax)
      malformed_form({"表单部分的头不完整或太长", "the headers of a part are incomplete or too long"});
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end + 2);
    if (line.empty()) break;
    const auto colon = line.find(':');
    if (colon == line.npos || colon == 0) malformed_form({"表单部分的头有误", "a header of a part is malformed"});
    const auto name = to_lower_ascii(line.substr(0, colon));
    const auto value = trim_blanks(line.substr(colon + 1));
    if (name == "content-disposition") {
      if (has_disposition) malformed_form({"表单部分有两个 Content-Disposition", "a part has two Content-Disposition headers"});
      has_disposition = true;
      read_disposition(value, part);
    } else if (name == "content-type") {
      part.media_type = to_lower_ascii(trim_blanks(value.substr(0, value.find(';'))));
    }
  }
  if (!has_disposition) malformed_form({"表单部分没有 Content-Disposition", "a part has no Content-Disposition header"});
  return part;
}

}  // namespace

std::optional<std::string> decode_path_segment(std::string_view text) { return decode(text, false); }
std::optional<std::string> decode_query_text(std::string_view text) { return decode(text, true); }

std::string encode_component(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && (std::isalnum(byte) != 0 || c == '-' || c == '.' || c == '_' || c == '~')) {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
  return out;
}

std::optional<NameValues> parse_query(std::string_view text, std::size_t count_max) {
  NameValues out;
  while (!text.empty()) {
    const auto end = std::min(text.find('&'), text.size());
    const auto pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    if (out.size() == count_max) return std::nullopt;
    const auto equals = std::min(pair.find('='), pair.size());
    auto name = decode_query_text(pair.substr(0, equals));
    auto value = decode_query_text(pair.substr(std::min(equals + 1, pair.size())));
    if (!name || !value) return std::nullopt;
    out.emplace_back(std::move(*name), std::move(*value));
  }
  return out;
}

std::optional<std::string_view> find_cookie(std::string_view cookie_header, std::string_view name) {
  while (!cookie_header.empty()) {
    const auto end = std::min(cookie_header.find(';'), cookie_header.size());
    const auto pair = trim_blanks(cookie_header.substr(0, end));
    cookie_header.remove_prefix(std::min(end + 1, cookie_header.size()));
    const auto equals = pair.find('=');
    if (equals == pair.npos || trim_blanks(pair.substr(0, equals)) != name) continue;
    auto value = trim_blanks(pair.substr(equals + 1));
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    return value;
  }
  return std::nullopt;
}

std::optional<std::string> header_parameter(std::string_view header, std::string_view name) {
  auto rest = header;
  take_parameter(rest);
  while (!rest.empty()) {
    const auto parameter = take_parameter(rest);
    const auto equals = parameter.find('=');
    if (equals == parameter.npos || to_lower_ascii(trim_blanks(parameter.substr(0, equals))) != name) continue;
    return unquote(trim_blanks(parameter.substr(equals + 1)));
  }
  return std::nullopt;
}

std::vector<FormPart> parse_multipart(std::string_view content_type, std::string_view body) {
  const auto delimiter = "--" + boundary_of(content_type);
  if (!body.starts_with(delimiter)) malformed_form({"表单没有以分隔符开头", "the form does not begin with its boundary"});
  body.remove_prefix(delimiter.size());
  const auto next = "\r\n" + delimiter;
  std::vector<FormPart> parts;
  while (!body.starts_with("--")) {
    if (!body.starts_with("\r\n")) malformed_form({"分隔符之后有多余内容", "there is text after a boundary"});
    body.remove_prefix(2);
    if (parts.size() == kFormPartsMax)
      throw Rejected(Code::too_large, "", {"表单的部分太多", "the form has too many parts"},
                     {"每次最多 " + std::to_string(kFormPartsMax) + " 个部分", "send at most " + std::to_string(kFormPartsMax) + " parts"});
    auto part = take_part_headers(body);
    const auto end = body.find(next);
    if (end == body.npos) malformed_form({"表单没有结束", "the form does not end"});
    part.content = body.substr(0, end);
    body.remove_prefix(end + next.size());
    parts.push_back(std::move(part));
  }
  if (!trim(body.substr(2)).empty()) malformed_form({"表单结束之后还有内容", "there is content after the end of the form"});
  return parts;
}

}  // namespace jingwei::http
