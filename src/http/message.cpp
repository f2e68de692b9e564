#include "http/message.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/check.h"
#include "base/text.h"
#include "http/forms.h"
#include "http/internal/ascii.h"

namespace jingwei::http {
namespace {

constexpr std::array<std::string_view, 8> kMethodNames = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "?"};

std::string_view trim_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// "0.8" as 800; what cannot be read counts as nothing wanted.
int quality_of(std::string_view parameters) {
  const auto at = parameters.find("q=");
  if (at == parameters.npos) return 1000;
  const auto digits = parameters.substr(at + 2);
  if (digits.empty() || (digits[0] != '0' && digits[0] != '1')) return 0;
  if (digits[0] == '1') return 1000;
  int quality = 0;
  for (std::size_t i = 2; i < 5; ++i) quality = quality * 10 + (i < digits.size() && digits[i] >= '0' && digits[i] <= '9' ? digits[i] - '0' : 0);
  return quality;
}

}  // namespace

std::string_view method_name(Method method) { return kMethodNames[static_cast<std::size_t>(method)]; }

Method method_from_name(std::string_view name) {
  for (std::size_t i = 0; i + 1 < kMethodNames.size(); ++i)
    if (kMethodNames[i] == name) return static_cast<Method>(i);
  return Method::other;
}

Language pick_language(std::string_view accept_language) {
  int zh = -1;
  int en = -1;
  for (auto item : split(accept_language, ',')) {
    item = trim_blanks(item);
    const auto semicolon = std::min(item.find(';'), item.size());
    const auto tag = to_lower_ascii(trim_blanks(item.substr(0, semicolon)));
    const int quality = quality_of(item.substr(semicolon));
    if (tag == "zh" || tag.starts_with("zh-")) zh = std::max(zh, quality);
    else if (tag == "en" || tag.starts_with("en-")) en = std::max(en, quality);
  }
  return en > 0 && en > zh ? Language::en : Language::zh;
}

std::string_view Request::path_parameter(std::string_view name) const {
  CHECK(path_names_ != nullptr);
  for (std::size_t i = 0; i < path_names_->size(); ++i)
    if ((*path_names_)[i] == name) return view(path_values_[i]);
  CHECK(!"the route has no such path parameter");
  return {};
}

std::optional<std::string_view> Request::query(std::string_view name) const {
  for (const auto& pair : query_)
    if (view(pair.name) == name) return view(pair.value);
  return std::nullopt;
}

std::vector<std::pair<std::string_view, std::string_view>> Request::query_parameters() const {
  std::vector<std::pair<std::string_view, std::string_view>> out;
  for (const auto& pair : query_) out.emplace_back(view(pair.name), view(pair.value));
  return out;
}

std::optional<std::string_view> Request::header(std::string_view name) const {
  for (const auto& pair : headers_)
    if (equal_ignoring_case(view(pair.name), name)) return view(pair.value);
  return std::nullopt;
}

std::vector<std::pair<std::string_view, std::string_view>> Request::headers() const {
  std::vector<std::pair<std::string_view, std::string_view>> out;
  for (const auto& pair : headers_) out.emplace_back(view(pair.name), view(pair.value));
  return out;
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
  for (const auto& pair : headers_) {
    if (!equal_ignoring_case(view(pair.name), "cookie")) continue;
    if (const auto found = find_cookie(view(pair.value), name)) return found;
  }
  return std::nullopt;
}

Language Request::language() const {
  const auto accepted = header("accept-language");
  return accepted ? pick_language(*accepted) : Language::zh;
}

std::string Request::media_type() const {
  const auto type = header("content-type");
  return type ? to_lower_ascii(trim_blanks(type->substr(0, type->find(';')))) : std::string();
}

Response& Response::set(std::string_view name, std::string_view value) & {
  headers.push_back({std::string(name), std::string(value)});
  return *this;
}

Response&& Response::set(std::string_view name, std::string_view value) && {
  headers.push_back({std::string(name), std::string(value)});
  return std::move(*this);
}

std::optional<std::string_view> Response::header(std::string_view name) const {
  for (const auto& header : headers)
    if (equal_ignoring_case(header.name, name)) return header.value;
  return std::nullopt;
}

Response json_response_text(std::string json_text, int status) { return bytes_response(std::move(json_text), "application/json", status); }

Response text_response(std::string body, int status, std::string_view media_type) {
  return bytes_response(std::move(body), std::string(media_type) + "; charset=utf-8", status);
}

Response bytes_response(std::string body, std::string_view media_type, int status) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  response.set("content-type", media_type);
  return response;
}

Response no_content() {
  Response response;
  response.status = 204;
  return response;
}

Response see_other(std::string_view location) {
  Response response;
  response.status = 303;
  response.set("location", location);
  return response;
}

Response problem_response(int status, std::string_view code, const Bilingual& title, const Bilingual& message,
                          const std::vector<InputProblem>& problems, Language language) {
  const auto in_language = [&](const Bilingual& text) { return language == Language::zh ? text.zh : text.en; };
  const Problem problem{"urn:jingwei:problem:" + std::string(code), in_language(title), status, std::string(code),
                        in_language(message), message, problems};
  auto response = bytes_response(json::serialize(to_json(problem)), "application/problem+json", status);
  response.set("content-language", language == Language::zh ? "zh-CN" : "en").set("cache-control", "no-store");
  return response;
}

void require_json(const Request& request) {
  if (request.media_type() != "application/json")
    throw Rejected(Code::unsupported, {"这里只接受 application/json", "Only application/json is read here"});
}

}  // namespace jingwei::http
