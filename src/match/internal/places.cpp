#include "match/internal/places.h"

#include <yaml-cpp/yaml.h>

#include "io/file.h"
#include "match/internal/terms.h"

namespace jingwei::match {
namespace {

constexpr std::uint64_t kListBytesMax = 4'000'000;

std::string without_suffix(std::string_view name) {
  for (const std::string_view suffix : {"自治州", "新区", "市", "区", "县", "省"})
    if (name.size() > suffix.size() + 3 && name.ends_with(suffix)) return std::string(name.substr(0, name.size() - suffix.size()));
  return std::string(name);
}

}  // namespace

Places::Places(const std::filesystem::path& segments_file, const std::filesystem::path& regions_file)
    : regions_(io::read_file(regions_file, kListBytesMax)) {
  try {
    for (const auto& node : YAML::Load(io::read_file(segments_file, kListBytesMax))["codes"])
      segments_.push_back({node["code"].as<std::string>(), node["zh"].as<std::string>(), node["en"].as<std::string>(), node["chain"].as<std::string>()});
  } catch (const YAML::Exception& broken) {
    throw Rejected(Code::invalid, segments_file.string(), {"环节清单无法读取", std::string("the list of segments cannot be read: ") + broken.what()},
                   {"改正该文件", "Mend that file"});
  }
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    by_code_.emplace(segments_[i].code, i);
    by_hash_.emplace(stable_hash(std::string_view(segments_[i].code)), i);
  }
  const auto name_it = [&](const std::string& name, const std::string& code) {
    const auto [at, added] = by_short_name_.emplace(name, code);
    if (!added && at->second != code) at->second.clear();
  };
  for (const Region& region : regions_.all()) {
    const std::string own = without_suffix(region.name);
    name_it(own, region.code);
    name_it(region.name, region.code);
    const Region* parent = regions_.find(region.parent);
    if (parent != nullptr) name_it(without_suffix(parent->name) + own, region.code);
    region_names_.emplace(region.code, (parent != nullptr && !parent->parent.empty() ? parent->name : "") + region.name);
  }
}

const Segment* Places::segment(std::string_view code) const {
  const auto at = by_code_.find(code);
  return at == by_code_.end() ? nullptr : &segments_[at->second];
}

const Segment* Places::segment_with_hash(std::uint64_t hash) const {
  const auto at = by_hash_.find(hash);
  return at == by_hash_.end() ? nullptr : &segments_[at->second];
}

const Segment* Places::segment_named(std::string_view zh) const {
  for (const Segment& segment : segments_)
    if (segment.zh == zh) return &segment;
  return nullptr;
}

std::string_view Places::region_name(std::string_view code) const {
  const auto at = region_names_.find(code);
  return at == region_names_.end() ? code : std::string_view(at->second);
}

std::string Places::region_code(std::string_view short_name) const {
  const auto at = by_short_name_.find(short_name);
  return at == by_short_name_.end() ? "" : at->second;
}

}  // namespace jingwei::match
