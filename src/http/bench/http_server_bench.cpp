// Jingwei's server with trivial handlers, to be measured beside bare_beast_bench: GET /fixed answers the same 1 kB body;
// GET /items/{id} reads path, query and header; POST /commits awaits a thread that acknowledges in batches, as the writer
// does. Serves on 127.0.0.1 until standard input ends. Prints its port.
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

#include "http/http.h"

using namespace jingwei;
using namespace jingwei::http;

namespace {

constexpr std::size_t kBodyBytes = 1024;

/// Takes all that waits, acknowledges all, again: the shape of group commit without its disk.
class BatchingThread {
 public:
  BatchingThread() : thread_([this] { run(); }) {}
  ~BatchingThread() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }

  void submit(std::function<void(int)> done) {
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(std::move(done));
    }
    changed_.notify_one();
  }

 private:
  void run() {
    for (std::vector<std::function<void(int)>> batch;; batch.clear()) {
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        batch.swap(waiting_);
      }
      for (auto& done : batch) done(static_cast<int>(batch.size()));
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::function<void(int)>> waiting_;  ///< guarded by mutex_
  bool stopping_ = false;                          ///< guarded by mutex_
  std::thread thread_;
};

}  // namespace

int main() {
  BatchingThread writer;
  ServerOptions options;
  options.on_rejected = [](const Rejected& rejected, const Request& request) {
    return problem_response(422, code_name(rejected.code()), rejected.message(), rejected.message(), rejected.problems(), request.language());
  };
  options.headers = {{"x-content-type-options", "nosniff"}, {"referrer-policy", "no-referrer"}};
  Server server(std::move(options));
  const std::string body(kBodyBytes, 'x');
  server.router().add(Method::get, "/fixed", [&](const Request&) -> Response { return json_response_text(body); });
  server.router().add(Method::get, "/items/{id}", [&](const Request& request) -> Response {
    return text_response(std::string(request.path_parameter("id")) + std::string(request.query("q").value_or("")));
  });
  server.router().add(Method::post, "/commits", [&](Request&) -> awaitable<Response> {
    const int batch = co_await async_result<int>([&](auto done) { writer.submit(std::move(done)); });
    co_return text_response(std::to_string(batch), 201);
  });
  server.start();
  std::printf("%u\n", server.port());
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  server.stop();
}
