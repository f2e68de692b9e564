// A deal in the tables: the body column is the described Deal as JSON, the other columns are what queries need of it.
#pragma once

#include <map>

#include "deals/deals.h"

namespace jingwei::deals::internal {

/// The body of a row of deal_events.
struct EventBody {
  std::optional<std::string> note;
  std::optional<std::int64_t> milestone;
  std::optional<std::int64_t> score;
  std::optional<Terms> terms;
  /// Private parts of the act's statements by kind, exactly as digested: with the salt in the table of statements a party
  /// can prove them to whom it chooses.
  std::optional<std::map<std::string, json::object>> private_parts;
};
BOOST_DESCRIBE_STRUCT(EventBody, (), (note, milestone, score, terms, private_parts))

inline constexpr std::string_view kNeedsRegister = "needs";
inline constexpr const char* kDealById = "SELECT body FROM deals WHERE id = $1";

inline Deal read_deal(std::string_view body) { return from_json<Deal>(parse_json(body)); }

/// True when the organization was invited to the need (an anonymous or invited one).
inline bool is_guest(store::Transaction& tx, std::string_view need_id, std::string_view organization_id) {
  return tx.query_integer("SELECT 1 FROM need_guests WHERE need_id = $1 AND organization_id = $2", {need_id, organization_id}).has_value();
}

}  // namespace jingwei::deals::internal
