// Things of steering in the tables: one row of steering_items each, one of steering_versions for every version.
#pragma once

#include "steering/steering.h"

namespace jingwei::steering::internal {

/// Kinds of items; also the kind of their feed records and the prefix of their ids.
inline constexpr std::string_view kUnit = "unit";
inline constexpr std::string_view kPlan = "plan";
inline constexpr std::string_view kIndicator = "indicator";
inline constexpr std::string_view kObservation = "observation";
inline constexpr std::string_view kFigure = "figure";    ///< key: indicator and period
inline constexpr std::string_view kOrigin = "origin";    ///< of a figure; key: its id
inline constexpr std::string_view kTrouble = "trouble";  ///< key: the indicator
inline constexpr std::string_view kTask = "task";
inline constexpr std::string_view kReview = "review";

struct Item {
  std::string id;
  std::string key;
  std::string parent;
  std::string state;
  std::int64_t version = 0;
  std::int64_t updated_us = 0;
  std::string body;
};

std::optional<Item> find_item(store::Connection& connection, std::string_view kind, std::string_view id);
std::optional<Item> find_by_key(store::Connection& connection, std::string_view kind, std::string_view key);
std::optional<Item> find_by_key_as_of(store::Connection& connection, std::string_view kind, std::string_view key, std::string_view day);
/// All of a kind by key, as they are now.
std::vector<Item> all_items(store::Connection& connection, std::string_view kind);
/// As they were at the end of a day; key and parent are those of now.
std::vector<Item> all_items_as_of(store::Connection& connection, std::string_view kind, std::string_view day);

/// Versions of a kind that were made from the first to the last day, in order of their making: key, day, body.
void each_version(store::Connection& connection, std::string_view kind, std::string_view first_day, std::string_view last_day,
                  const std::function<void(std::string_view, const std::string&, std::string_view)>& visit);

/// Inserts (version 0) or updates an item, keeps its version and tells the feed. Raises item.version.
void write_item(store::Transaction& tx, const identity::Actor& actor, std::string_view kind, Item& item, std::string_view act, std::string_view note);

/// Throws version_mismatch that says which version there is now and who made it.
void require_version(store::Connection& connection, const Item& item, std::optional<std::int64_t> version);

template <class Content>
Content read_body(const Item& item) {
  return from_json<Content>(parse_json(item.body));
}
template <class Content>
Kept<Content> kept(const Item& item) {
  Kept<Content> result;
  static_cast<Content&>(result) = read_body<Content>(item);
  result.id = item.id;
  result.version = item.version;
  result.updated_at = to_rfc3339({item.updated_us});
  return result;
}
template <class Content>
std::string body_of(const Content& content) {
  return json::serialize(to_json(content));
}

std::string observation_key(std::string_view indicator_id, std::string_view period);
Rejected not_found(Bilingual what);
Rejected forbidden(Bilingual why);

}  // namespace jingwei::steering::internal
