// Slowing down guesses. Each key has a leaking bucket, kept as the one time at which it will be empty again.
#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "identity/internal/rows.h"

namespace jingwei::identity {
namespace {

constexpr std::int64_t kPlaceOfLoginUs = kThrottleWindowUs / kThrottleFailuresPerLogin;
constexpr std::int64_t kPlaceOfAddressUs = kThrottleWindowUs / kThrottleFailuresPerAddress;
constexpr std::size_t kAddressBytesMax = 64;  ///< of a text that is no address

/// Logins that cannot exist are cut, so that long ones cannot fill the memory; they share buckets, which harms nobody.
std::string login_key(std::string_view login) { return normalise_login(login.substr(0, 4 * kLoginCharactersMax)).substr(0, kLoginCharactersMax + 1); }

/// Who has one IPv6 address usually has its whole /64.
std::string address_key(std::string_view address) {
  const std::string text(address.substr(0, kAddressBytesMax));
  std::array<std::uint8_t, 16> bytes{};
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
  constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  if (std::ranges::equal(std::span(bytes).first<12>(), kMapped)) return fmt::format("{}.{}.{}.{}", bytes[12], bytes[13], bytes[14], bytes[15]);
  return to_hex(std::span(bytes).first<8>());
}

std::int64_t empty_at(const auto& bucket, const std::string& key, Timestamp now) {
  const auto at = bucket.find(key);
  return at == bucket.end() ? now.us : std::max(at->second, now.us);
}

void give_back(auto& bucket, const std::string& key, std::int64_t place_us) {
  if (const auto at = bucket.find(key); at != bucket.end()) at->second -= place_us;
}

}  // namespace

std::int64_t SignInThrottle::admit(std::string_view login, std::string_view address, Timestamp now) {
  const std::string of_login = login_key(login);
  const std::string of_address = address_key(address);
  const std::lock_guard lock(mutex_);
  const std::int64_t login_empty = empty_at(logins_, of_login, now) + kPlaceOfLoginUs;
  const std::int64_t address_empty = empty_at(addresses_, of_address, now) + kPlaceOfAddressUs;
  const std::int64_t wait_us = std::max(login_empty, address_empty) - kThrottleWindowUs - now.us;
  if (wait_us > 0) return (wait_us + kMicrosPerSecond - 1) / kMicrosPerSecond;
  if (!logins_.contains(of_login)) make_room(logins_, now);
  if (!addresses_.contains(of_address)) make_room(addresses_, now);
  logins_[of_login] = login_empty;
  addresses_[of_address] = address_empty;
  return 0;
}

void SignInThrottle::succeeded(std::string_view login, std::string_view address) {
  const std::string of_login = login_key(login);
  const std::string of_address = address_key(address);
  const std::lock_guard lock(mutex_);
  give_back(logins_, of_login, kPlaceOfLoginUs);
  give_back(addresses_, of_address, kPlaceOfAddressUs);
}

void SignInThrottle::make_room(Bucket& bucket, Timestamp now) const {
  if (bucket.size() < keys_max_) return;
  std::erase_if(bucket, [&](const auto& item) { return item.second <= now.us; });
  if (bucket.size() <= keys_max_ / 8 * 7) return;
  // All in use: forget the eighth with the fewest failures. Forgetting many at once keeps the average cost small.
  std::vector<std::int64_t> times;
  times.reserve(bucket.size());
  for (const auto& [key, time] : bucket) times.push_back(time);
  const auto last_to_go = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 8);
  std::ranges::nth_element(times, last_to_go);
  std::size_t left = times.size() / 8 + 1;
  std::erase_if(bucket, [&](const auto& item) { return item.second <= *last_to_go && left > 0 && left-- > 0; });
  CHECK(bucket.size() < keys_max_);
}

Rejected SignInThrottle::throttled(std::int64_t retry_after_s) {
  return Rejected(Code::throttled, {fmt::format("登录尝试过多，请在 {} 秒后再试", retry_after_s),
                                    fmt::format("Too many tries to sign in; try again in {} s", retry_after_s)});
}

std::size_t SignInThrottle::size() const {
  const std::lock_guard lock(mutex_);
  return logins_.size() + addresses_.size();
}

}  // namespace jingwei::identity
