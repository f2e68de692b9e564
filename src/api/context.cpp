#include "api/internal/context.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>

namespace jingwei::api {
namespace {

constexpr std::size_t kIdempotencyKeyBytesMax = 200;
constexpr std::string_view kBearer = "Bearer ";

Rejected not_signed_in() { return Rejected(Code::unauthenticated, {"请先登录", "Sign in first"}); }

Caller caller_of(identity::Authentication&& found) {
  Caller caller;
  caller.actor = std::move(found.actor);
  caller.language = found.language;
  caller.must_set_password = found.must_set_password;
  caller.by_api_token = found.by_api_token;
  if (!found.by_api_token) caller.session_hash = std::move(found.token_hash);
  return caller;
}

}  // namespace

Caller identify(Services& services, const Request& request) {
  const Timestamp now = services.clock.now();
  if (const auto authorization = request.header("Authorization")) {
    if (!authorization->starts_with(kBearer)) throw Rejected(Code::unauthenticated, {"只支持 Bearer 令牌", "Only bearer tokens are accepted"});
    auto found = services.sessions.authenticate_api_token(authorization->substr(kBearer.size()), now);
    if (!found) throw Rejected(Code::unauthenticated, {"令牌无效、已撤销或已过期", "The token is unknown, revoked or expired"});
    return caller_of(std::move(*found));
  }
  const auto cookie = request.cookie(kSessionCookie);
  if (!cookie) return {};
  auto found = services.sessions.authenticate_session(*cookie, now);
  if (!found) return {};
  if (found->touch_due) {
    // "Last seen" is a convenience: a full queue may drop it.
    try {
      services.writer.submit([&services, hash = found->token_hash, now](store::Transaction& tx) { services.accounts.touch_session(tx, hash, now); }, nullptr);
    } catch (const Rejected& busy) {
      spdlog::debug("session not touched: {}", busy.what());
    }
  }
  return caller_of(std::move(*found));
}

Caller require_member(Services& services, const Request& request) {
  Caller caller = identify(services, request);
  if (caller.actor.is_anonymous()) throw not_signed_in();
  return caller;
}

Caller require_writer(Services& services, const Request& request) {
  Caller caller = require_member(services, request);
  if (!caller.by_api_token && !request.header(kRequestHeader))
    throw Rejected(Code::forbidden, std::string(kRequestHeader), {"缺少请求头 X-Jingwei-Request", "the header X-Jingwei-Request is missing"},
                   {"从浏览器会话修改数据时带上 X-Jingwei-Request: 1", "send X-Jingwei-Request: 1 with every change from a browser session"});
  if (!caller.actor.may_write) throw Rejected(Code::forbidden, {"这个令牌只能读取", "This token may only read"});
  if (caller.must_set_password && !caller.by_api_token) throw Rejected(Code::forbidden, {"请先设置密码", "Set a password first"});
  return caller;
}

Rejected already_done() {
  return Rejected(Code::conflict, "Idempotency-Key", {"这个请求已经完成；其中的密钥只显示一次", "this request was done already; its secret was shown once"},
                  {"换一个键，重新生成链接或令牌", "make a new link or token with a new key"});
}

std::int64_t require_version(const Request& request) {
  const auto header = request.header("If-Match");
  std::int64_t version = 0;
  if (header && header->size() > 2 && header->front() == '"' && header->back() == '"') {
    const std::string_view digits = header->substr(1, header->size() - 2);
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), version);
    if (failed == std::errc() && end == digits.data() + digits.size()) return version;
  }
  throw Rejected(Code::invalid, "If-Match", {"缺少 If-Match 或格式不对", "If-Match is missing or is no version"},
                 {"带上读取时得到的 ETag，如 \"3\"", "send the ETag that you read, such as \"3\""});
}

std::string etag_of(std::int64_t version) { return "\"" + std::to_string(version) + "\""; }

Response with_version(Response response, std::int64_t version) {
  response.set("ETag", etag_of(version));
  return response;
}

std::size_t limit_of(const Request& request, std::size_t otherwise, std::size_t max) {
  const auto text = request.query("limit");
  if (!text) return otherwise;
  std::size_t limit = 0;
  const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), limit);
  if (failed == std::errc() && end == text->data() + text->size() && limit >= 1 && limit <= max) return limit;
  const std::string range = "1–" + std::to_string(max);
  throw Rejected(Code::invalid, "limit", {"每页条数不对", "limit is out of range"}, {"填 " + range, "give " + range});
}

std::string query_or_empty(const Request& request, std::string_view name) { return std::string(request.query(name).value_or("")); }

std::int64_t year_of(std::string_view text, std::string_view field) {
  constexpr std::size_t kDigits = 4;
  std::int64_t year = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), year);
  if (failed != std::errc() || end != text.data() + text.size() || text.size() != kDigits || year < 0)
    throw Rejected(Code::invalid, std::string(field), {"年份不对", "that is no year"}, {"例如 2025", "For example 2025"});
  return year;
}

std::optional<std::int64_t> year_query(const Request& request, std::string_view name) {
  const auto text = request.query(name);
  return text && !text->empty() ? std::optional(year_of(*text, name)) : std::nullopt;
}

std::optional<std::string> idempotency_key(const Request& request) {
  const auto key = request.header("Idempotency-Key");
  if (!key) return std::nullopt;
  if (key->empty() || key->size() > kIdempotencyKeyBytesMax)
    throw Rejected(Code::invalid, "Idempotency-Key", {"幂等键应为 1 到 200 个字符", "the key must have 1 to 200 characters"}, {"用随机的 UUID", "use a random UUID"});
  return std::string(*key);
}

std::string digest_of(const Request& request) {
  return to_hex(crypto::sha256({as_bytes(request.method_name()), as_bytes(" "), as_bytes(request.target()), as_bytes("\n"), as_bytes(request.body)}));
}

store::KeptAnswer kept(const Response& response) {
  json::object headers;
  for (const auto& header : response.headers) headers[header.name] = header.value;
  return {response.status, json::serialize(headers), std::string(response.content())};
}

Response answer_of(const store::KeptAnswer& kept) {
  Response response;
  response.status = static_cast<int>(kept.status);
  const json::value headers = parse_json(kept.headers);
  for (const auto& header : headers.as_object()) response.set(std::string_view(header.key()), std::string_view(header.value().as_string()));
  response.body = kept.body;
  return response;
}

}  // namespace jingwei::api
