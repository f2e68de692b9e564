// The yardstick: the smallest asynchronous Beast server, as Beast's own examples write it. Serves a fixed 1 kB JSON body on
// 127.0.0.1, one thread per core, until standard input ends. Prints its port. http_server_bench is what stands beside it.
#include <boost/asio/dispatch.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <cstdio>
#include <memory>
#include <thread>
#include <vector>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;

namespace {

constexpr std::size_t kBodyBytes = 1024;
constexpr std::chrono::seconds kTimeout{30};

class Session : public std::enable_shared_from_this<Session> {
 public:
  explicit Session(tcp::socket&& socket) : stream_(std::move(socket)) { stream_.socket().set_option(tcp::no_delay(true)); }

  void read() {
    request_ = {};
    stream_.expires_after(kTimeout);
    http::async_read(stream_, buffer_, request_, [self = shared_from_this()](beast::error_code failed, std::size_t) {
      if (!failed) self->write();
    });
  }

 private:
  void write() {
    response_ = http::response<http::string_body>(http::status::ok, request_.version());
    response_.set(http::field::content_type, "application/json");
    response_.keep_alive(request_.keep_alive());
    response_.body() = std::string(kBodyBytes, 'x');
    response_.prepare_payload();
    http::async_write(stream_, response_, [self = shared_from_this()](beast::error_code failed, std::size_t) {
      if (!failed && !self->response_.need_eof()) self->read();
    });
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  http::response<http::string_body> response_;
};

void accept(asio::io_context& loop, tcp::acceptor& acceptor) {
  acceptor.async_accept(asio::make_strand(loop), [&](beast::error_code failed, tcp::socket socket) {
    if (!failed) std::make_shared<Session>(std::move(socket))->read();
    accept(loop, acceptor);
  });
}

}  // namespace

int main() {
  const int threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  asio::io_context loop(threads);
  tcp::acceptor acceptor(loop, {asio::ip::make_address("127.0.0.1"), 0});
  accept(loop, acceptor);
  std::printf("%u\n", acceptor.local_endpoint().port());
  std::fflush(stdout);
  std::vector<std::thread> pool;
  for (int i = 0; i < threads; ++i) pool.emplace_back([&] { loop.run(); });
  while (std::getchar() != EOF) {
  }
  loop.stop();
  for (auto& thread : pool) thread.join();
}
