#include "base/region.h"

#include <algorithm>

#include "base/check.h"
#include "base/text.h"

namespace jingwei {
namespace {

constexpr std::size_t kCodeLength = 6;

/// The part of a code that its descendants share: 33 for 330000, 3304 for 330400, 330402 for itself.
std::string_view stem(std::string_view code) {
  if (code.ends_with("0000")) return code.substr(0, 2);
  if (code.ends_with("00")) return code.substr(0, 4);
  return code;
}

}  // namespace

Regions::Regions(std::string_view csv) {
  for (const auto line : split(csv, '\n')) {
    if (line.empty() || line.starts_with("code,")) continue;
    const auto cells = split(line, ',');
    CHECK(cells.size() == 3 && cells[0].size() == kCodeLength);
    all_.push_back({std::string(cells[0]), std::string(cells[1]), std::string(trim(cells[2])), ""});
  }
  for (std::size_t i = 0; i < all_.size(); ++i) by_code_[all_[i].code] = i;
  const auto add_name = [&](const std::string& name, std::size_t i) {
    const auto [at, added] = by_name_.try_emplace(name, i);
    if (!added && at->second != i) at->second.reset();
  };
  for (std::size_t i = 0; i < all_.size(); ++i) {
    Region& region = all_[i];
    std::string with_parent = region.name;
    region.full_name = region.name;
    for (const Region* up = find(region.parent); up != nullptr; up = find(up->parent)) {
      if (up->code == region.parent) with_parent = up->name + region.name;
      region.full_name = up->name + region.full_name;
    }
    add_name(region.full_name, i);
    add_name(with_parent, i);
    add_name(region.name, i);
  }
}

const Region* Regions::find(std::string_view code) const {
  const auto at = by_code_.find(code);
  return at == by_code_.end() ? nullptr : &all_[at->second];
}

const Region* Regions::resolve(std::string_view text) const {
  if (const Region* region = find(text)) return region;
  const auto at = by_name_.find(text);
  return at == by_name_.end() || !at->second ? nullptr : &all_[*at->second];
}

bool Regions::contains(std::string_view outer, std::string_view inner) { return inner.starts_with(stem(outer)); }

int region_distance(std::string_view a, std::string_view b) {
  if (a.size() != kCodeLength || b.size() != kCodeLength) return 3;
  if (a == b) return 0;
  // Shanghai's districts lie directly below the city.
  const std::size_t city = a.starts_with("31") ? 2 : 4;
  if (a.substr(0, city) == b.substr(0, city)) return 1;
  return a.substr(0, 2) == b.substr(0, 2) ? 2 : 3;
}

}  // namespace jingwei
