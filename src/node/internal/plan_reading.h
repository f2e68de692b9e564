// `jingwei plan read FILE`: what the reader makes of a plan, for a person or as JSON.
#pragma once

#include <filesystem>
#include <string>

namespace jingwei::node {

struct PlanReadingRequest {
  std::filesystem::path file;
  std::filesystem::path since;  ///< an older version to compare with; empty: none
  bool as_json = false;
};

/// What is printed, with the newline at its end. JSON: {text, draft, changes}; places count characters (code points) of `text`. Throws Rejected,
/// io::FileError.
std::string plan_reading(const PlanReadingRequest& request, bool in_chinese);

}  // namespace jingwei::node
