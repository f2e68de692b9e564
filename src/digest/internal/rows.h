// Rows of rounds, pairs and digests: bodies as JSON, the other columns are what queries need.
#pragma once

#include "digest/digest.h"

namespace jingwei::digest::internal {

inline constexpr const char* kRoundColumns = "id, day, cause, state, started_us, ended_us, needs, needs_done, pairs, body";

/// The body of a round.
struct RoundBody {
  std::optional<RoundFigures> figures;
  std::optional<Bilingual> failure;
};
BOOST_DESCRIBE_STRUCT(RoundBody, (), (figures, failure))

/// The body of a pair.
struct PairBody {
  double score = 0;
  double supplier = 0;
  std::vector<match::Reason> reasons;
  std::vector<Bilingual> missing;
};
BOOST_DESCRIBE_STRUCT(PairBody, (), (score, supplier, reasons, missing))

inline Round read_round(const store::Row& row) {
  auto body = from_json<RoundBody>(parse_json(row.text(9)));
  Round round{row.string(0), row.string(1), enum_from_name<Cause>(row.text(2)).value(), enum_from_name<RoundState>(row.text(3)).value(), to_rfc3339({row.integer(4)}),
              {},            row.integer(6), row.integer(7), row.integer(8), std::move(body.figures), std::move(body.failure)};
  if (row.integer(5) != 0) round.ended_at = to_rfc3339({row.integer(5)});
  return round;
}

/// Whoever belongs to an organization, and nothing more: what a digest holds must not depend on who of them opens it.
inline identity::Actor member_of(const std::string& organization_id) { return {"member", "", "", organization_id, {}, false}; }

}  // namespace jingwei::digest::internal
