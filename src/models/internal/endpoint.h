// One HTTP POST of JSON by libcurl, bounded in every direction: time, bytes, places (no redirects), protocols.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "models/models.h"

namespace jingwei::models {

class Endpoint {
 public:
  Endpoint(const EndpointSettings& settings, const Environment& environment);
  ~Endpoint();
  /// The body of a 200 that is JSON and has at most `bytes_max` bytes. Throws Failure for everything else.
  std::string post(const std::string& path, const std::string& body, std::size_t bytes_max);
  void stop() { stopping_ = true; }

 private:
  struct Transfer;
  struct Handle;
  void prepare(Transfer& transfer, const std::string& path, const std::string& body);

  EndpointSettings settings_;
  std::string key_;
  std::unique_ptr<Handle> handle_;
  std::atomic<bool> stopping_ = false;
};

/// How safe the way to an address is, and what is wrong with it.
struct Address {
  bool well_formed = false;
  bool encrypted = false;
  bool within_machine = false;  ///< 127.0.0.1, ::1, localhost
};
Address read_address(const std::string& url);

}  // namespace jingwei::models
