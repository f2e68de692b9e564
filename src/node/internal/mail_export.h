// The digests of a round as mail in a file, for whoever runs a mail server.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace jingwei::node {

struct ExportedMail {
  std::int64_t written = 0;
  std::int64_t without_address = 0;
};

/// Writes `file` anew, as an mbox or as JSON lines. An empty round: the latest that is done. The node may go on running.
ExportedMail export_mail(const std::filesystem::path& data, const std::string& store_override, const std::string& round, bool mbox, const std::filesystem::path& file);

}  // namespace jingwei::node
