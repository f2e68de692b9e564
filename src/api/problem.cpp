// Refusals to HTTP, and the headers of every response.
#include "api/api.h"
#include "base/check.h"

namespace jingwei::api {
namespace {

Bilingual title_of(Code code) {
  switch (code) {
    case Code::invalid: return {"内容有误", "The content breaks a rule"};
    case Code::malformed: return {"格式有误", "The content cannot be read"};
    case Code::unauthenticated: return {"未登录", "Not signed in"};
    case Code::forbidden: return {"没有权限", "Not allowed"};
    case Code::not_found: return {"找不到", "Not found"};
    case Code::conflict: return {"与已有内容冲突", "In conflict with what is there"};
    case Code::wrong_state: return {"当前状态不能这样做", "Not possible in the present state"};
    case Code::version_mismatch: return {"内容已被他人修改", "Changed by somebody else"};
    case Code::too_large: return {"内容过大", "Too large"};
    case Code::unsupported: return {"不支持的格式", "Format not supported"};
    case Code::throttled: return {"尝试次数过多", "Too many tries"};
    case Code::storage_full: return {"磁盘已满", "The disk is full"};
    case Code::unavailable: return {"暂时不可用", "Unavailable right now"};
  }
  CHECK(false);
}

}  // namespace

int status_of(Code code) {
  switch (code) {
    case Code::invalid: return 422;
    case Code::malformed: return 400;
    case Code::unauthenticated: return 401;
    case Code::forbidden: return 403;
    case Code::not_found: return 404;
    case Code::conflict: return 409;
    case Code::wrong_state: return 409;
    case Code::version_mismatch: return 412;
    case Code::too_large: return 413;
    case Code::unsupported: return 415;
    case Code::throttled: return 429;
    case Code::storage_full: return 507;
    case Code::unavailable: return 503;
  }
  CHECK(false);
}

http::Response problem_of(const Rejected& rejected, const http::Request& request) {
  auto response = http::problem_response(status_of(rejected.code()), code_name(rejected.code()), title_of(rejected.code()), rejected.message(),
                                         rejected.problems(), request.language());
  if (rejected.code() == Code::unauthenticated) response.set("WWW-Authenticate", "Bearer");
  response.set("Cache-Control", "no-store");
  return response;
}

std::vector<http::Header> security_headers() {
  return {
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
       "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
      {"Strict-Transport-Security", "max-age=31536000; includeSubDomains"},
  };
}

}  // namespace jingwei::api
