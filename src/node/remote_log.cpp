#include "node/internal/remote_log.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

namespace jingwei::node {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;

constexpr std::uint64_t kTileBytesMax = 32U << 20;
constexpr std::chrono::seconds kTimeout{30};

struct Address {
  std::string host;
  std::string port = "80";
  std::string path;
};

Rejected unreachable(const std::string& why) { return Rejected(Code::unavailable, {"日志取不到：" + why, "The log cannot be fetched: " + why}); }

Address parse_address(std::string_view text) {
  text.remove_prefix(std::string_view("http://").size());
  Address address;
  const auto slash = std::min(text.find('/'), text.size());
  std::string_view authority = text.substr(0, slash);
  address.path = text.substr(slash);
  while (address.path.ends_with('/')) address.path.pop_back();
  if (const auto colon = authority.rfind(':'); colon != std::string_view::npos) {
    address.port = authority.substr(colon + 1);
    authority = authority.substr(0, colon);
  }
  address.host = authority;
  if (address.host.empty()) throw unreachable("no host in the address");
  return address;
}

class HttpReader : public tlog::LogReader {
 public:
  explicit HttpReader(Address address) : address_(std::move(address)) {}

  std::optional<std::string> read(const std::string& path) override {
    try {
      return fetch(path);
    } catch (const boost::system::system_error& failed) {
      throw unreachable(failed.what());
    }
  }

 private:
  std::optional<std::string> fetch(const std::string& path) {
    // One request a connection: simple, and a log's verifier is no hot path.
    asio::ip::tcp::resolver resolver(context_);
    beast::tcp_stream stream(context_);
    stream.expires_after(kTimeout);
    stream.connect(resolver.resolve(address_.host, address_.port));
    beast::http::request<beast::http::empty_body> request(beast::http::verb::get, address_.path + "/" + path, 11);
    request.set(beast::http::field::host, address_.host);
    request.set(beast::http::field::connection, "close");
    beast::http::write(stream, request);
    beast::flat_buffer buffer;
    beast::http::response_parser<beast::http::string_body> parser;
    parser.body_limit(kTileBytesMax);
    beast::http::read(stream, buffer, parser);
    const auto status = parser.get().result_int();
    if (status == 404) return std::nullopt;
    if (status != 200) throw unreachable("status " + std::to_string(status) + " for " + path);
    return std::move(parser.get().body());
  }

  Address address_;
  asio::io_context context_;
};

}  // namespace

tlog::LogReport verify_remote_log(const std::string& address, const tlog::VerifierKey& key) {
  HttpReader reader(parse_address(address));
  return tlog::verify_log(reader, key);
}

}  // namespace jingwei::node
