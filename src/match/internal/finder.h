// First pass of "retrieve": the documents that are worth scoring in full, by the heaviest terms and ways alone.
//
// MaxScore over windows of documents (Turtle, Flood 1995; Lucene 10's block-max form): lists whose largest shares together
// cannot lift a document over the worst of the best so far are only consulted for documents that the others found. A need's ninety
// lists hold a document in ten: what costs is not the postings but every step taken for each list of each window, so windows are
// large and scores are whole numbers of 16 bits. Who passes the floor is marked while it is scored, so that no window's scores are looked
// through; the search begins where its lists are densest, with small windows, so that there soon is a floor. Of a few words, which
// lists are only consulted is chosen by what the search will then cost: long ones that give little.
#pragma once

#include <cstdint>
#include <vector>

#include "match/internal/index.h"
#include "match/internal/postings.h"

namespace jingwei::match {

constexpr std::uint32_t kFirstWindowDocuments = 8'192;  ///< while nothing has been found: all that holds a term is a candidate there
constexpr std::size_t kListsMax = 500;  ///< of one search: so many roundings up fit into a score

/// One list to look through. A flat one counts its weight however often a document has the term.
struct SoughtTerm {
  TermKey key = 0;
  float weight = 0;
  bool flat = false;
};

/// What documents must be; empty parts of it ask for nothing.
class Filter {
 public:
  Filter() = default;
  explicit Filter(const Options& options);
  bool any() const { return kind_ != 0 || segment_ != 0 || region_to_ != 0 || today_ != 0; }
  bool passes(const Row& row) const;

 private:
  friend class PartFilter;
  std::uint64_t kind_ = 0;
  std::uint64_t segment_ = 0;
  std::uint32_t region_from_ = 0;  ///< codes nest: 330400 holds 330400 to 330499
  std::uint32_t region_to_ = 0;
  std::uint32_t today_ = 0;
};

/// The same within one part, with its codes: asked of each candidate, so that it reads no more of the columns than there are of those.
/// Removed documents never pass.
class PartFilter {
 public:
  PartFilter(const Filter& filter, const Part& part);
  bool any() const { return any_; }
  bool passes(std::uint32_t row) const {
    const PartData& data = *part_.data;
    return (!filter_.kind_ || data.kinds[row] == kind_) && (!filter_.segment_ || data.segments[row] == segment_) &&
           (filter_.region_to_ == 0 || data.regions[row] - filter_.region_from_ < filter_.region_to_ - filter_.region_from_) &&
           (filter_.today_ == 0 || data.valid_to[row] - 1 >= filter_.today_ - 1) && !part_.is_removed(row);
  }

 private:
  const Filter& filter_;
  const Part& part_;
  bool any_;
  std::uint16_t kind_;
  std::uint16_t segment_;
};

struct FoundPlace {
  Place place;
  std::uint32_t score = 0;  ///< of kScoreUnits
};
/// All lists of a search together give at most this much. A thousandth of what makes a candidate is still ten of these units.
constexpr float kScoreUnits = 65'000;

/// Up to `keep` of the best documents by the sum of shares, in no order. Documents that hold none of the terms are not found. Which are
/// found does not depend on `window`, but for equals at the end; tests make it small.
std::vector<FoundPlace> find_best(const IndexSnapshot& index, const Saturation& saturation, std::vector<SoughtTerm> terms, const Filter& filter,
                             std::size_t keep, std::uint32_t window = kWindowDocuments);

}  // namespace jingwei::match
