// One event loop on one thread, the connections that live on it, and a slow tick that serves all of them: deadlines and the
// Date header. One timer for all connections costs less than one timer for every read and write.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <thread>

namespace jingwei::http {

class Connection;

class IoThread {
 public:
  using Instant = std::chrono::steady_clock::time_point;

  explicit IoThread(std::chrono::milliseconds tick);
  ~IoThread();

  void start();
  /// Ends the loop and joins; what still waits is dropped with the loop.
  void stop();
  void post(std::function<void()> job);
  boost::asio::io_context& loop() { return *loop_; }

  // From here on: on this thread only.
  Instant now() const { return now_; }
  const std::string& date() const { return date_; }
  std::list<Connection*>& connections() { return connections_; }

  /// The loop that the calling thread runs; nothing elsewhere. Lets a handler be resumed without being handed its server.
  static std::shared_ptr<boost::asio::io_context> loop_of_this_thread();

 private:
  void run();
  void on_tick();

  const std::chrono::milliseconds tick_;
  std::shared_ptr<boost::asio::io_context> loop_;
  boost::asio::steady_timer timer_;
  std::thread thread_;
  Instant now_;
  std::time_t date_second_ = 0;
  std::string date_;  ///< RFC 9110 section 5.6.7
  std::list<Connection*> connections_;
};

}  // namespace jingwei::http
