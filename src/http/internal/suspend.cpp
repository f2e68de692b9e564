// The bridge from callbacks of other threads to coroutines of a connection.
#include <boost/asio/async_result.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>

#include "base/check.h"
#include "http/http.h"
#include "http/internal/io_thread.h"

namespace jingwei::http::detail {

namespace asio = boost::asio;
using Token = asio::use_awaitable_t<>;
using Waiter = asio::async_result<Token, void(bool)>::handler_type;

struct Resume::State {
  /// Keeps the event loop alive while a callback of another thread is still inside post(): the handler may by then have
  /// finished and the server be gone.
  std::shared_ptr<asio::io_context> loop;
  std::optional<Waiter> waiter;
  std::atomic<bool> woken = false;

  State(std::shared_ptr<asio::io_context> the_loop, Waiter the_waiter) : loop(std::move(the_loop)), waiter(std::move(the_waiter)) {}
  ~State() { wake(false); }

  void wake(bool called) {
    if (woken.exchange(true)) {
      CHECK(!called);  // a completion is called once
      return;
    }
    asio::post(loop->get_executor(), [waiter = std::move(*waiter), called]() mutable { waiter(called); });
  }
};

void Resume::operator()() const { state_->wake(true); }

awaitable<void> suspend(std::function<void(Resume)> initiate) {
  auto loop = IoThread::loop_of_this_thread();
  CHECK(loop != nullptr);
  std::exception_ptr thrown;
  const bool called = co_await asio::async_initiate<const Token, void(bool)>(
      [&](auto&& waiter) {
        try {
          initiate(Resume(std::make_shared<Resume::State>(loop, std::forward<decltype(waiter)>(waiter))));
        } catch (...) {
          thrown = std::current_exception();
        }
      },
      asio::use_awaitable);
  if (thrown) std::rethrow_exception(thrown);
  if (!called) throw std::runtime_error("an asynchronous completion was dropped without a call");
}

}  // namespace jingwei::http::detail
