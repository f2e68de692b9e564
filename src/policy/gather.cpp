// Facts from the registers: the organization's own entry, its rows by year, its certifications that count on the day.
#include <algorithm>
#include <charconv>

#include "base/check.h"
#include "identity/identity.h"
#include "policy/policy.h"

namespace jingwei::policy {
namespace {

using registry::EntryState;

constexpr std::string_view kOrganizations = "organizations";
constexpr std::string_view kYears = "enterprise-years";
constexpr std::string_view kCertifications = "certifications";

const json::value* field_of(const json::object& fields, std::string_view id) {
  const auto at = fields.find(id);
  return at == fields.end() ? nullptr : &at->value();
}

std::string text_of(const json::object& fields, std::string_view id) {
  const auto* value = field_of(fields, id);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

int year_of(std::string_view today) {
  int year = 0;
  std::from_chars(today.data(), today.data() + std::min<std::size_t>(today.size(), 4), year);
  return year;
}

/// What one organization has in the registers.
struct Found {
  registry::Entry organization;
  std::map<int, registry::Entry> years;
  std::vector<registry::Entry> certifications;
};

Value register_value(const Book& book, const Fact& fact, const json::object& fields) {
  const auto* value = field_of(fields, fact.field);
  if (value == nullptr) return {};
  std::vector<InputProblem> ignored;  // the register has checked it; what this fact cannot hold stays unknown
  return value_of(book.definitions(), fact.kind, *value, fact.id, ignored);
}

/// Levels of the organization's own entry, and of the list of certifications those in force on the day that count where it is.
KnownFact certifications_of(const Book& book, const Found& found, const json::object& own, std::string_view today) {
  KnownFact known;
  std::vector<std::string> levels;
  if (const auto* codes = field_of(own, "certifications"); codes != nullptr && codes->is_array()) {
    for (const auto& code : codes->as_array()) levels.emplace_back(code.as_string());
    known = {levels, Origin::registers, found.organization.id};
  }
  for (const auto& entry : found.certifications) {
    const std::string level = text_of(entry.fields, "level");
    const std::string valid_to = text_of(entry.fields, "valid_to");
    std::erase(levels, level);  // the list with days knows better than the organization's own entry
    const bool in_time = text_of(entry.fields, "issued_on") <= today && (valid_to.empty() || valid_to >= today);
    if (in_time && recognised(book, level, text_of(entry.fields, "granted_in"), found.organization.region)) levels.push_back(level);
    known = {levels, Origin::registers, entry.id};
  }
  if (const auto* all = std::get_if<std::vector<std::string>>(&known.value); all != nullptr) known.value = levels;
  return known;
}

Company company_of(const Book& book, const Found& found, const std::function<json::object(const registry::Entry&)>& visible, std::string_view today) {
  Company company{found.organization.id, found.organization.title, std::vector<KnownFact>(book.facts().size())};
  const json::object own = visible(found.organization);
  const int last_year = year_of(today) - 1;
  std::map<int, json::object> years;
  for (const auto& [year, entry] : found.years) years[year] = visible(entry);
  for (std::size_t i = 0; i < book.facts().size(); ++i) {
    const Fact& fact = book.facts()[i];
    KnownFact& known = company.facts[i];
    if (fact.id == kCertifications) {
      known = certifications_of(book, found, own, today);
      continue;
    }
    if (fact.register_ == kOrganizations) known = {register_value(book, fact, own), Origin::registers, found.organization.id};
    if (fact.register_ == kYears && fact.years_back) {
      const int year = last_year + 1 - *fact.years_back;
      if (const auto at = years.find(year); at != years.end()) known = {register_value(book, fact, at->second), Origin::registers, found.years.at(year).id};
    }
    if (!is_known(known.value)) known = {};
  }
  return company;
}

void each_entry(const registry::Registry& registry, store::Connection& connection, const identity::Actor& actor, std::string_view register_id, std::string_view owner,
                registry::EntryState state, const std::function<void(const registry::Entry&)>& visit) {
  if (registry.definitions().find(register_id) == nullptr) return;
  registry::EntryFilter filter;
  filter.register_id = register_id;
  filter.state = state;
  filter.owner_id = owner;
  registry.each(connection, actor, filter, visit);
}

void add_rows(const registry::Registry& registry, store::Connection& connection, const identity::Actor& actor, std::string_view owner,
              const std::function<Found*(const std::string&)>& of) {
  each_entry(registry, connection, actor, kYears, owner, EntryState::published, [&](const registry::Entry& entry) {
    const auto* year = field_of(entry.fields, "year");
    if (auto* found = of(entry.owner_id); found != nullptr && year != nullptr && year->is_int64()) found->years[static_cast<int>(year->as_int64())] = entry;
  });
  // One that has run out still says that the organization's own entry is behind.
  for (const auto state : {EntryState::expired, EntryState::published})
    each_entry(registry, connection, actor, kCertifications, owner, state, [&](const registry::Entry& entry) {
      if (auto* found = of(entry.owner_id)) found->certifications.push_back(entry);
    });
}

}  // namespace

bool recognised(const Book& book, std::string_view level, std::string_view granted_in, std::string_view company_region) {
  for (const auto& scheme : book.schemes())
    for (const auto& each : scheme.levels) {
      if (each.code != level) continue;
      if (each.granted_by == "nation" || granted_in.empty()) return true;
      if (each.granted_by == "province" && granted_in.substr(0, 2) == company_region.substr(0, 2)) return true;
      if (each.granted_by == "region" && (Regions::contains(granted_in, company_region) || Regions::contains(company_region, granted_in))) return true;
      return std::ranges::any_of(each.recognised_in, [&](const std::string& division) { return Regions::contains(division, company_region); });
    }
  return true;  // a level that no ladder describes counts as it stands
}

Company facts_of(const Book& book, const registry::Registry& registry, store::Connection& connection, const identity::Actor& actor, std::string_view organization_id,
                 std::string_view today) {
  Found found;
  found.organization = registry.require_visible(connection, actor, organization_id);
  if (found.organization.register_id != kOrganizations) throw Rejected(Code::not_found, {"没有这个单位", "There is no such organization"});
  add_rows(registry, connection, actor, found.organization.id, [&](const std::string&) { return &found; });
  return company_of(book, found, [&](const registry::Entry& entry) { return registry.visible_fields(entry, actor, false); }, today);
}

void each_company(const Book& book, const registry::Registry& registry, store::Connection& connection, const identity::Actor& actor, std::string_view today,
                  const std::function<void(const Company&)>& visit) {
  std::map<std::string, Found> all;
  each_entry(registry, connection, actor, kOrganizations, "", EntryState::published, [&](const registry::Entry& entry) { all[entry.id].organization = entry; });
  add_rows(registry, connection, actor, "", [&](const std::string& owner) -> Found* {
    const auto at = all.find(owner);
    return at == all.end() ? nullptr : &at->second;
  });
  for (const auto& [id, found] : all) visit(company_of(book, found, [&](const registry::Entry& entry) { return registry.visible_fields(entry, actor, false); }, today));
}

void say(const Book& book, Company& company, const json::object& said) {
  std::vector<InputProblem> problems;
  company.facts.resize(book.facts().size());
  for (const auto& item : said) {
    const std::string field = "/facts/" + std::string(item.key());
    const auto index = book.fact(std::string_view(item.key()));
    if (!index) {
      problems.push_back({std::nullopt, field, {"没有这个问题", "there is no such question"}, {"用表单里的编号", "Use an id of the form"}});
      continue;
    }
    Value value = value_of(book.definitions(), book.facts()[*index].kind, item.value(), field, problems);
    if (is_known(value)) company.facts[*index] = {std::move(value), Origin::said, ""};
  }
  if (!problems.empty()) throw Rejected(Code::invalid, {"有几处填写不对，请按提示修改", "Some answers are wrong; mend them as told"}, std::move(problems));
}

}  // namespace jingwei::policy
