#include "http/internal/io_thread.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <array>
#include <ctime>

#include "http/internal/connection.h"

namespace jingwei::http {
namespace {

thread_local std::shared_ptr<boost::asio::io_context> current_loop;

/// English names whatever the locale is, so no strftime.
std::string http_date(std::time_t second) {
  constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm utc{};
  gmtime_r(&second, &utc);
  std::array<char, 64> text{};
  const int size = std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays[static_cast<std::size_t>(utc.tm_wday)],
                                 utc.tm_mday, kMonths[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
  return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace

IoThread::IoThread(std::chrono::milliseconds tick)
    : tick_(tick), loop_(std::make_shared<boost::asio::io_context>(1)), timer_(*loop_) {}

IoThread::~IoThread() { stop(); }

void IoThread::start() {
  on_tick();
  thread_ = std::thread([this] { run(); });
}

void IoThread::stop() {
  if (!thread_.joinable()) return;
  loop_->stop();
  thread_.join();
}

void IoThread::post(std::function<void()> job) { boost::asio::post(*loop_, std::move(job)); }

std::shared_ptr<boost::asio::io_context> IoThread::loop_of_this_thread() { return current_loop; }

void IoThread::run() {
  current_loop = loop_;
  const auto guard = boost::asio::make_work_guard(*loop_);
  loop_->run();
  current_loop.reset();
}

void IoThread::on_tick() {
  now_ = std::chrono::steady_clock::now();
  if (const auto second = std::time(nullptr); second != date_second_) {
    date_second_ = second;
    date_ = http_date(second);
  }
  for (auto* connection : connections_) connection->check_deadline();
  timer_.expires_after(tick_);
  timer_.async_wait([this](boost::system::error_code failed) {
    if (!failed) on_tick();
  });
}

}  // namespace jingwei::http
