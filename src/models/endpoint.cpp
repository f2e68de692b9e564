#include "models/internal/endpoint.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/check.h"
#include "base/text.h"

namespace jingwei::models {
namespace {

constexpr long kConnectTimeoutMsMax = 5'000;

struct ListFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, ListFree>;

void add(List& list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  CHECK(longer != nullptr);
  (void)list.release();  // the longer list owns it
  list.reset(longer);
}

/// libcurl's state of the whole program, made once before the first handle; safe from any thread since 7.84.
void start_curl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  CHECK(started == CURLE_OK);
}

Failure unwell(std::string zh, std::string en, int retry_after_ms = 0) { return {Fault::unwell, {std::move(zh), std::move(en)}, retry_after_ms}; }
Failure no_access(std::string zh, std::string en) { return {Fault::access, {std::move(zh), std::move(en)}}; }

Failure failure_of(CURLcode code, int timeout_ms) {
  const char* said = curl_easy_strerror(code);
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT: return unwell(fmt::format("{} 毫秒内没有答完", timeout_ms), fmt::format("No whole answer within {} ms", timeout_ms));
    case CURLE_COULDNT_RESOLVE_HOST: return unwell("找不到接口的主机名", "The endpoint's host name is not known");
    case CURLE_COULDNT_CONNECT: return unwell("连不上接口", "The endpoint cannot be reached");
    case CURLE_PEER_FAILED_VERIFICATION:
      return no_access("接口的证书不可信：检查 ca_file 和主机名", "The endpoint's certificate is not trusted: check ca_file and the host name");
    case CURLE_SSL_CACERT_BADFILE: return no_access("ca_file 读不出证书", "ca_file holds no certificate that can be read");
    case CURLE_SSL_CONNECT_ERROR: return unwell("加密连接没有建立", "No encrypted connection came about");
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR: return unwell("答到一半断开了", "The connection ended within the answer");
    default: return unwell(fmt::format("请求没有成功（{}）", said), fmt::format("The request failed ({})", said));
  }
}

Failure failure_of_status(long status, int retry_after_ms) {
  switch (status) {
    case 400:
    case 413:
    case 422: return {Fault::text, {fmt::format("接口不接受这段文字（{}）", status), fmt::format("The endpoint does not accept this text ({})", status)}};
    case 401:
    case 403: return no_access(fmt::format("接口不接受密钥（{}）", status), fmt::format("The endpoint does not accept the key ({})", status));
    case 404: return no_access("接口没有这个地址或模型（404）", "The endpoint knows no such address or model (404)");
    case 429: return unwell("接口说请求太多（429）", "The endpoint says that there are too many requests (429)", retry_after_ms);
    default: break;
  }
  if (status >= 300 && status < 400)
    return no_access(fmt::format("接口要转到别处（{}），不跟随", status), fmt::format("The endpoint redirects elsewhere ({}), which is not followed", status));
  return unwell(fmt::format("接口出错（{}）", status), fmt::format("The endpoint failed ({})", status), retry_after_ms);
}

/// Seconds of a Retry-After header, as milliseconds; its form as a date is not read.
int retry_after_ms(std::string_view value) {
  int seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (error == std::errc::result_out_of_range) return kRetryAfterMsMax;
  if (error != std::errc() || end != value.data() + value.size() || seconds < 0) return 0;
  return static_cast<int>(std::min<std::int64_t>(std::int64_t{seconds} * 1'000, kRetryAfterMsMax));
}

}  // namespace

struct Endpoint::Handle {
  Handle() : curl((start_curl(), curl_easy_init())) { CHECK(curl != nullptr); }
  ~Handle() { curl_easy_cleanup(curl); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  CURL* curl;
};

/// What a request under way has brought so far. libcurl calls these functions.
struct Endpoint::Transfer {
  const std::atomic<bool>* stopping;
  std::size_t bytes_max;
  std::string body;
  std::string content_type;
  int retry_after_ms = 0;
  bool too_large = false;
  List headers;

  static std::size_t take_body(char* bytes, std::size_t, std::size_t size, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    if (size > transfer.bytes_max - transfer.body.size()) {
      transfer.too_large = true;
      return 0;  // ends the request
    }
    transfer.body.append(bytes, size);
    return size;
  }

  static std::size_t take_header(char* bytes, std::size_t, std::size_t size, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::string_view line(bytes, size);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return size;
    const std::string name = to_lower_ascii(trim(line.substr(0, colon)));
    const std::string_view value = trim(line.substr(colon + 1));
    if (name == "content-type") transfer.content_type = to_lower_ascii(value);
    if (name == "retry-after") transfer.retry_after_ms = models::retry_after_ms(value);
    return size;
  }

  static int go_on(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) { return static_cast<Transfer*>(self)->stopping->load() ? 1 : 0; }
};

Endpoint::Endpoint(const EndpointSettings& settings, const Environment& environment) : settings_(settings), handle_(std::make_unique<Handle>()) {
  while (settings_.url.ends_with('/')) settings_.url.pop_back();
  if (settings_.key_variable.empty()) return;
  const char* key = environment(settings_.key_variable.c_str());
  CHECK(key != nullptr);  // check() has seen it
  key_ = key;
}

Endpoint::~Endpoint() = default;

void Endpoint::prepare(Transfer& transfer, const std::string& path, const std::string& body) {
  CURL* curl = handle_->curl;
  const auto set = [&](CURLoption option, auto value) { CHECK(curl_easy_setopt(curl, option, value) == CURLE_OK); };
  curl_easy_reset(curl);  // options only: the connection stays open for the next request
  add(transfer.headers, "Content-Type: application/json");
  add(transfer.headers, "Accept: application/json");
  add(transfer.headers, "Expect:");
  if (!key_.empty()) add(transfer.headers, "Authorization: Bearer " + key_);
  set(CURLOPT_URL, (settings_.url + path).c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(settings_.timeout_ms));
  set(CURLOPT_CONNECTTIMEOUT_MS, std::min<long>(settings_.timeout_ms, kConnectTimeoutMsMax));
  if (!settings_.ca_file.empty()) set(CURLOPT_CAINFO, settings_.ca_file.c_str());
  // What stays within the machine never goes through a proxy that the environment names.
  if (read_address(settings_.url).within_machine) set(CURLOPT_NOPROXY, "*");
  set(CURLOPT_HTTPHEADER, transfer.headers.get());
  set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  set(CURLOPT_POSTFIELDS, body.c_str());
  set(CURLOPT_WRITEFUNCTION, &Transfer::take_body);
  set(CURLOPT_WRITEDATA, &transfer);
  set(CURLOPT_HEADERFUNCTION, &Transfer::take_header);
  set(CURLOPT_HEADERDATA, &transfer);
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, &Transfer::go_on);
  set(CURLOPT_XFERINFODATA, &transfer);
}

std::string Endpoint::post(const std::string& path, const std::string& body, std::size_t bytes_max) {
  const Failure stopped(Fault::stopped, {"节点正在停止", "The node is stopping"});
  if (stopping_) throw stopped;
  Transfer transfer{&stopping_, bytes_max, {}, {}, 0, false, {}};
  prepare(transfer, path, body);
  const CURLcode code = curl_easy_perform(handle_->curl);
  if (code == CURLE_ABORTED_BY_CALLBACK || stopping_) throw stopped;
  if (transfer.too_large) throw unwell(fmt::format("回答超过 {} 字节", bytes_max), fmt::format("The answer has more than {} bytes", bytes_max));
  if (code != CURLE_OK) throw failure_of(code, settings_.timeout_ms);
  long status = 0;
  curl_easy_getinfo(handle_->curl, CURLINFO_RESPONSE_CODE, &status);
  if (status != 200) throw failure_of_status(status, transfer.retry_after_ms);
  if (!transfer.content_type.starts_with("application/json")) throw unwell("回答不是 JSON", "The answer is not JSON");
  return std::move(transfer.body);
}

Address read_address(const std::string& url) {
  struct UrlFree {
    void operator()(CURLU* handle) const { curl_url_cleanup(handle); }
  };
  const std::unique_ptr<CURLU, UrlFree> parsed(curl_url());
  CHECK(parsed != nullptr);
  Address address;
  if (url.find_first_of(" \t\r\n") != std::string::npos || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return address;
  const auto part = [&](CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(parsed.get(), which, &text, 0) != CURLUE_OK) return std::string();
    std::string copy(text);
    curl_free(text);
    return copy;
  };
  const std::string scheme = part(CURLUPART_SCHEME);
  const std::string host = to_lower_ascii(part(CURLUPART_HOST));
  // A name, a password or a question in the address would be a secret in a settings file.
  address.well_formed = (scheme == "http" || scheme == "https") && !host.empty() && part(CURLUPART_USER).empty() && part(CURLUPART_PASSWORD).empty() &&
                        part(CURLUPART_QUERY).empty() && part(CURLUPART_FRAGMENT).empty();
  address.encrypted = scheme == "https";
  address.within_machine = host == "127.0.0.1" || host == "[::1]" || host == "localhost";
  return address;
}

}  // namespace jingwei::models
