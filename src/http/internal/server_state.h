// What all connections of one server share.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "http/http.h"

namespace jingwei::http {

struct ServerState {
  explicit ServerState(ServerOptions given) : options(std::move(given)) {}

  const ServerOptions options;
  Router router;  ///< not changed after start
  std::atomic<bool> stopping = false;
  std::atomic<std::size_t> connections = 0;
  std::atomic<std::size_t> streams = 0;
  std::atomic<std::size_t> body_bytes = 0;  ///< of bodies being received or handled

  std::mutex mutex;
  std::condition_variable emptied;  ///< with mutex: connections may have become 0
};

}  // namespace jingwei::http
