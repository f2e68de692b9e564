// A log behind HTTP, for `jingwei log verify http://…`. Plain HTTP/1.1 with Beast; put TLS in front with any proxy.
#pragma once

#include <string>

#include "tlog/tlog.h"

namespace jingwei::node {

/// Fetches checkpoint and tiles below `address` ("http://127.0.0.1:8080/log"). Throws Rejected{unavailable} when it cannot be reached.
tlog::LogReport verify_remote_log(const std::string& address, const tlog::VerifierKey& key);

}  // namespace jingwei::node
