/* calc: arithmetic in expressions, exact and to the nearest double */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "expr/calc.h"

#include "../random.h"

static struct arena arena;

static const char *text_of(struct slice s)
{
	char *copy = arena_take(&arena, s.len + 1);

	memcpy(copy, s.at, s.len);
	copy[s.len] = 0;
	return copy;
}

static const char *json(struct calc x)
{
	return text_of(calc_json(&arena, &x));
}

static struct calc number(const char *text)
{
	return calc_number(slice_of(text));
}

static struct calc result_of(const struct calc *a, char operation, const struct calc *b)
{
	switch (operation) {
	case '+':
		return calc_add(a, b);
	case '-':
		return calc_subtract(a, b);
	case '*':
		return calc_multiply(a, b);
	case '/':
		return calc_divide(a, b);
	case '%':
		return calc_remainder(a, b);
	default:
		return calc_power(a, b);
	}
}

static bool quickly(struct calc *a, char operation, const struct calc *b)
{
	switch (operation) {
	case '+':
		return calc_quick_add(a, b);
	case '-':
		return calc_quick_subtract(a, b);
	case '*':
		return calc_quick_multiply(a, b);
	default:
		return false;
	}
}

struct row {
	const char *a;
	char operation;
	const char *b, *result;
};

static void check_row(const struct row *r)
{
	struct calc a = number(r->a), b = number(r->b), x;

	x = result_of(&a, r->operation, &b);
	if (strcmp(json(x), r->result) != 0)
		fail_msg("%s %c %s: %s, not %s", r->a, r->operation, r->b, json(x), r->result);
	a.json = slice_of(r->a);
	if (quickly(&a, r->operation, &b)) {
		assert_null(a.json.at);
		assert_true(a.exact && x.exact);
		assert_int_equal(calc_compare(&a, &x), 0);
	} else {
		assert_ptr_equal(a.json.at, r->a);
	}
	arena_reset(&arena);
}

static void check(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check_row(&rows[i]);
}

static void known(void **state)
{
	static const struct row rows[] = {
		{ "0.1", '+', "0.2", "0.3" },
		{ "62400.5", '-', "62390.1", "10.4" },
		{ "1.10", '*', "3", "3.3" },
		{ "123456789", '*', "987654321", "121932631112635269" },
		{ "5", '-', "5", "0" },
		{ "-0", '+', "-0", "0" },
		{ "-0.0", '*', "7", "0" },
		{ "0e999", '+', "0e-999", "0" },
		{ "0e999", '*', "0e999", "0" },
		{ "0e-999", '*', "0e-999", "0" },
		{ "0e999", '+', "2.5", "2.5" },
		{ "9007199254740992", '+', "1", "9007199254740993" },
		{ "9007199254740993", '+', "0.5", "9007199254740994" },
		{ "9007199254740993", '+', "1e-300", "9007199254740994" },
		{ "9007199254740993", '-', "1e-300", "9007199254740992" },
		{ "9007199254740993.0", '-', "1e-100", "9007199254740992" },
		{ "9223372036854775807", '+', "1", "9223372036854776000" },
		{ "9223372036854775807", '+', "3", "9223372036854775810" },
		{ "-9223372036854775807", '-', "1", "-9223372036854776000" },
		{ "-4611686018427387904", '*', "2", "-9223372036854776000" },
		{ "9223372036854775807", '*', "10", "92233720368547758070" },
		{ "9223372036854775807", '*', "9223372036854775807", "8.507059173023462e37" },
		{ "1e18", '+', "1e-18", "1000000000000000000" },
		{ "1e20", '+', "0.01000000000000000000", "100000000000000000000" },
		{ "1e308", '+', "1e308", "null" },
		{ "-1e308", '-', "1e308", "null" },
		{ "1e300", '*', "1e9", "null" },
		{ "1e-300", '*', "1e-300", "0" },
		{ "1e-999", '*', "1e-999", "0" },
		{ "1e-999", '*', "1e300", "0" },
		{ "1", '/', "4", "0.25" },
		{ "1", '/', "10", "0.1" },
		{ "6", '/', "3", "2" },
		{ "-6", '/', "-1.5", "4" },
		{ "0", '/', "-7", "0" },
		{ "0", '/', "0", "null" },
		{ "1", '/', "0.00", "null" },
		{ "1", '/', "3", "0.3333333333333333" },
		{ "2", '/', "-3", "-0.6666666666666666" },
		{ "1", '/', "1024", "0.0009765625" },
		{ "1", '/', "134217728", "7.450580596923828e-9" },
		{ "1", '/', "268435456", "3.725290298461914e-9" },
		{ "9223372036854775807", '/', "9223372036854775807", "1" },
		{ "-9223372036854775807", '/', "-1", "9223372036854775807" },
		{ "1e300", '/', "3e-7", "3.333333333333333e306" },
		{ "1e300", '/', "3e-9", "null" },
		{ "1e-300", '/', "3e20", "3.335e-321" },
		{ "1e-999", '/', "3", "0" },
		{ "5e-324", '/', "2", "5e-324" },
		{ "-7", '%', "3", "-1" },
		{ "7", '%', "-3", "1" },
		{ "-6", '%', "3", "0" },
		{ "0.3", '%', "0.1", "0" },
		{ "5", '%', "0", "null" },
		{ "1e300", '%', "7", "1" },
		{ "-1e300", '%', "-7", "-1" },
		{ "1e22", '%', "9223372036854775807", "1864712049423025212" },
		{ "-5.5", '%', "1e30", "-5.5" },
		{ "-5.5", '%', "1e18", "-5.5" },
		{ "7", '%', "1e-400", "0" },
		{ "1.1", '^', "2", "1.21" },
		{ "2", '^', "-2", "0.25" },
		{ "0.5", '^', "-2", "4" },
		{ "3", '^', "-1", "0.3333333333333333" },
		{ "7", '^', "0", "1" },
		{ "0", '^', "0", "1" },
		{ "0.0", '^', "2", "0" },
		{ "0", '^', "-1", "null" },
		{ "-1", '^', "1e18", "1" },
		{ "-1", '^', "-9223372036854775807", "-1" },
		{ "-2", '^', "3.0", "-8" },
		{ "2", '^', "62", "4611686018427387904" },
		{ "2", '^', "63", "9223372036854776000" },
		{ "-2", '^', "63", "-9223372036854776000" },
		{ "10", '^', "20", "100000000000000000000" },
		{ "10", '^', "-20", "1e-20" },
		{ "100", '^', "150", "1e300" },
		{ "10", '^', "309", "null" },
		{ "10", '^', "1e300", "null" },
		{ "10", '^', "-1e300", "0" },
		{ "4", '^', "0.5", "2" },
		{ "-8", '^', "0.5", "null" },
		{ "1", '^', "0.3", "1" },
	};

	(void)state;
	check(rows, sizeof rows / sizeof *rows);
}

/* Any numbers; the results are those of arithmetic with fractions. */
static void any(void **state)
{
	static const struct row rows[] = {
		{ "554160760719150.379", '+', "-51092422544578047e2", "-5108688093697085000" },
		{ "-72934e-18", '+', "-3935584229e-30", "-7.293400393558423e-14" },
		{ "9223372036854775805e-206", '+', "-8260826020e-217", "9.223372036854776e-188" },
		{ "-5346436476971170.55", '+', "9223372036854775805", "9218025600377805000" },
		{ "-9223372036854775806", '+', "9223372036854775806e19", "9.223372036854776e37" },
		{ "-1811624822e3", '+', "-64346029603689771e24", "-6.434602960368977e40" },
		{ "80.828", '+', "3618.1", "3698.928" },
		{ "-813241001454578662", '+', "9223372036854775804e9", "9.223372036041535e27" },
		{ "74941e-18", '+', "-80836e-6", "-0.08083599999992507" },
		{ "-75551e-37", '+', "-9223372036854775807e3", "-9.223372036854776e21" },
		{ "-5895.7", '+', "-365799161563575802e-18", "-5896.0657991615635" },
		{ "-52813925.34", '+', "-101281217664389810e-18", "-52813925.441281214" },
		{ "-5.691110758", '+', "-22278e-11", "-5.69111098078" },
		{ "9223372036854775806", '+', "2755761119", "9223372039610536000" },
		{ "51428", '+', "96908e11", "9690800000051428" },
		{ "-92233720368.54775806", '+', "-99361e-22", "-92233720368.54776" },
		{ "-522765684937519124e14", '+', "9223372036854775804e-22",
			"-5.227656849375191e31" },
		{ "5300755022", '+', "7573736345e7", "75737368750755022" },
		{ "-9223372036854775.806", '+', "-8.723", "-9223372036854784" },
		{ "993.74", '+', "-9223372036854775806e19", "-9.223372036854776e37" },
		{ "9223372036.854775806", '+', "-98043661143660454e0", "-98043651920288420" },
		{ "92233720368547758.07", '+', "519997028360364569e-18", "92233720368547760" },
		{ "96641711833328533.3", '+', "95695e-7", "96641711833328530" },
		{ "0.000038693", '+', "92233720368547758.06", "92233720368547760" },
		{ "4858.1", '+', "795474201489243213", "795474201489248100" },
		{ "-4024684333615072.03", '+', "7349310962e-22", "-4024684333615072" },
		{ "4914422453e220", '+', "625354896942506501e3", "4.914422453e229" },
		{ "3619605393e-18", '+', "-535965457577172221e-24", "-5.323458521841722e-7" },
		{ "-50108e-18", '+', "-92233720368547758.06", "-92233720368547760" },
		{ "-333806460900352494", '+', "873424687158586235e-14", "-333806460900343740" },
		{ "9223372036.854775806", '+', "-847002052859934084e3", "-847002052850710700000" },
		{ "-0.00069488", '+', "930005215597775593e19", "9.300052155977756e36" },
		{ "4793817279e-256", '+', "860441426557187649e-19", "0.08604414265571876" },
		{ "-9223372036854775806", '+', "444060443e3", "-9223371592794332806" },
		{ "-870765041757212830e3", '+', "-331.41", "-870765041757212800000" },
		{ "9223372036854775807", '+', "-472530062064362946e-18", "9223372036854776000" },
		{ "-6.417904037", '-', "-1009129835e24", "1.009129835e33" },
		{ "851113777e-18", '-', "9490.3", "-9490.299999999148" },
		{ "-479850859492104634", '-', "-17395492623578074e87", "1.7395492623578073e103" },
		{ "9223372036854775806", '-', "-5068264202e11", "516049792236854800000" },
		{ "-9223372036854775806", '-', "922337203685477580.6", "-10145709240540254000" },
		{ "61.826", '-', "-9223372036854775805e21", "9.223372036854776e39" },
		{ "168.57", '-', "1950864041e-21", "168.56999999999806" },
		{ "-91228e3", '-', "4088376661e18", "-4.088376661e27" },
		{ "-9223372036854775804", '-', "-32116e23", "3.211599990776628e27" },
		{ "79076e-231", '-', "-9223372036854775804e-228", "9.223372036854776e-210" },
		{ "-12501", '-', "63464e-10", "-12501.0000063464" },
		{ "-340448802", '-', "87614e-20", "-340448802" },
		{ "901619520058603191e-18", '-', "98335", "-98334.09838047995" },
		{ "-635465935376579979e12", '-', "-45007235649216558.3", "-6.35465935376535e29" },
		{ "9223372036854775805", '-', "-5656e23", "5.65600009223372e26" },
		{ "-346415963699399780e24", '-', "994849547163864077e14",
			"-3.4641596379888473e41" },
		{ "-9223372036854775807", '-', "-50768e-18", "-9223372036854776000" },
		{ "0.807750257", '-', "9223372036854775805e-9", "-9223372036.047026" },
		{ "92233720368547758.04", '-', "664450481568169426e179", "-6.644504815681694e196" },
		{ "-9223372036.854775804", '-', "97895e-15", "-9223372036.854776" },
		{ "8115711236", '-', "-9223372036854775807", "9223372044970488000" },
		{ "53002344334075334.5", '-', "-41279e0", "53002344334116616" },
		{ "438.80", '-', "9223372036854775806e21", "-9.223372036854776e39" },
		{ "-37961578589800642e-41", '-', "37455e-50", "-3.7961578589800644e-25" },
		{ "4341673769", '-', "-3667059126e-7", "4341674135.705913" },
		{ "58544789968287461.2", '-', "55495e-23", "58544789968287464" },
		{ "-238689313789860166e-18", '-', "655964700033516180e-18", "-0.8946540138233764" },
		{ "-9223372036854775807", '-', "8968095304e-18", "-9223372036854776000" },
		{ "-7801198050631931.49", '-', "-11.544", "-7801198050631920" },
		{ "-393.39", '-', "-9223372036854775805e-66", "-393.39" },
		{ "9778927182", '-', "933811899994742274e11", "-9.338118999947423e28" },
		{ "-0.000045584", '-', "-4805839779e-19", "-0.0000455835194160221" },
		{ "116877359068634382e3", '-', "47871e8", "116877354281534382000" },
		{ "-114076537109943255", '-', "-9223372036854775806e-22", "-114076537109943250" },
		{ "-35443", '-', "9223372036854775804e11", "-9.223372036854776e29" },
		{ "-922337203685477580.4", '-', "-49342e-17", "-922337203685477600" },
		{ "9223372036854775.804", '*', "-615270015.9", "-5.674864259767253e24" },
		{ "66535e3", '*', "9223372036854775.806", "6.136770584721325e23" },
		{ "78882e-150", '*', "92233720368547758.07", "7.275580330111785e-129" },
		{ "-7857723541", '*', "909836001e10", "-7.149239763506999e28" },
		{ "-817638972573459778e-18", '*', "526600222637393523", "-430568864994193600" },
		{ "0.000052557", '*', "-9223372036854775.805", "-484752764140.97644" },
		{ "-1468600124338862.86", '*', "-9880.5", "14510503528530135000" },
		{ "9223372036854775.806", '*', "-9223372036854775805e-6", "-8.507059173023462e28" },
		{ "-53681988.25", '*', "80430e-18", "-0.0000043176423149475" },
		{ "-804932702727692076e-23", '*', "191975461978696838e40",
			"-1.5452732746790974e52" },
		{ "656.20", '*', "-6860293744e3", "-4501724754812800" },
		{ "568312044278775936e-131", '*', "1345e-138", "7.643796995549537e-249" },
		{ "-38907", '*', "92233720368547758.06", "-3.5885373583790876e21" },
		{ "-519401826.1", '*', "7059e21", "-3.6664574904399e33" },
		{ "310689436.3", '*', "-33501e-4", "-1040840680.54863" },
		{ "-199.51", '*', "-9223372036854775807e22", "1.8401549550728964e43" },
		{ "-580.08", '*', "1407778441e19", "-8.1662411805528e30" },
		{ "-92233720368547758.07", '*', "80774818274245973", "-7.450162001527065e33" },
		{ "728.51", '*', "14808177.05", "10787905062.6955" },
		{ "-1801954.671", '*', "-1376491897e13", "2.480376003392801e28" },
		{ "8735889264e-18", '*', "4793337013e-22", "4.187406135060053e-21" },
		{ "9223372036854775807", '*', "-922337203685477580.4", "-8.507059173023462e36" },
		{ "-942.99", '*', "-9223372036854775806e208", "8.697547597033685e229" },
		{ "-9223372036.854775807", '*', "-972106526326990349e11", "8.966100151768393e38" },
		{ "-28.327", '*', "17517e-18", "-4.96204059e-13" },
		{ "9223372036854775805e-13", '*', "-42774e9", "-39452051550442620000" },
		{ "-922337203685477580.7", '*', "53928459663419082e6", "-4.974022468502303e40" },
		{ "-9.868776321", '*', "-9223372036854775805e-10", "9102339555.708595" },
		{ "-9759611.33", '*', "5168711997", "-50444620167428130" },
		{ "-9223372036854775807e6", '*', "-9223372036854775805e9", "8.507059173023462e52" },
		{ "9223372036.854775804", '*', "-91758e2", "-84631817135772050" },
		{ "51734", '*', "666549195524072277e-17", "344832.56081242353" },
		{ "-963693189120526866", '*', "933912535226784785e9", "-9.000051494323367e44" },
		{ "-5145296950567987.10", '*', "-9223372036854775804e-18", "47456988015182920" },
		{ "-3491796931e3", '*', "-5559e2", "1941089913942900000" },
		{ "9223372036854775804e-18", '*', "149770370521592242e-16", "138.13878474182326" },
		{ "-9223372036854775807e3", '/', "-8415958747e-86", "1.0959383611692002e98" },
		{ "46187598024317542.8", '/', "78703e10", "58.685943387567875" },
		{ "449624638170285881e3", '/', "5613801983e23", "8.009271426599335e-13" },
		{ "316970e-2", '/', "48e4", "0.006603541666666666" },
		{ "-611600e0", '/', "625e-5", "-97856000" },
		{ "3.650667349", '/', "-9223372036854775807e18", "-3.958061470807697e-37" },
		{ "-30358800000e-2", '/', "56250e-1", "-53971.2" },
		{ "42974338.33", '/', "44295", "970.1848590134326" },
		{ "-759", '/', "397463128.3", "-0.0000019096110958677823" },
		{ "587380608484450480e-18", '/', "9223372036854775804", "6.368393317946988e-20" },
		{ "-2695456e0", '/', "16e4", "-16.8466" },
		{ "-298139229908754.061", '/', "-9223372036854775807e-18", "32324320077022.645" },
		{ "947980e-3", '/', "133e4", "0.0007127669172932331" },
		{ "92233720368547758.05", '/', "-90642707593996880e4", "-0.0001017552573359539" },
		{ "-49963648e0", '/', "64e-3", "-780682000" },
		{ "74407e-5", '/', "104e-4", "71.5451923076923" },
		{ "6955163706e3", '/', "3.375231719", "2060647767336.2964" },
		{ "-4261289.37", '/', "-999815091090467713e11", "4.262077466096598e-23" },
		{ "268899e5", '/', "21e-1", "12804714285.714285" },
		{ "-358454e2", '/', "20e-4", "-17922700000" },
		{ "-11886809375e-4", '/', "21875e-5", "-5433970" },
		{ "8303138960e-18", '/', "9223372036854775806e3", "9.002281298881032e-31" },
		{ "-39602552e17", '/', "1947083480", "-2033942170779447" },
		{ "-9223372036854775807e3", '/', "-13373e16", "68.97010421636713" },
		{ "13924500000e2", '/', "18750e5", "742.64" },
		{ "-4620164733e3", '/', "69201", "-66764421.51124984" },
		{ "9223372036854775805", '/', "484433503071152218e-13", "190395007330863.2" },
		{ "660055e3", '/', "30e2", "220018.33333333334" },
		{ "9223372036854775807", '/', "-60650e-15", "-1.5207538395473662e29" },
		{ "5910272589e-18", '/', "-727723585380181523e-18", "-8.121589993420814e-9" },
		{ "-559099e-1", '/', "62500e2", "-0.008945584" },
		{ "-4730574.000", '/', "-8613142279e-23", "54922743021832765000" },
		{ "-975967180844966434e3", '/', "-9223372036854775807", "105.81457377466658" },
		{ "-9614441761764956.01", '/', "801087574145595429e3", "-0.000012001736229674133" },
		{ "-3801687752", '/', "-1739602771e-11", "218537692361.4937" },
		{ "-450675e5", '/', "5120e-2", "-880224609.375" },
		{ "-8609295195e3", '%', "9223372036854775805e20", "-8609295195000" },
		{ "-67697171637362865.3", '%', "-92233720368547758.06", "-67697171637362860" },
		{ "-1.840591342", '%', "-65653e-16", "-3.6287e-12" },
		{ "1664894823512196.86", '%', "9882e-18", "9.674e-15" },
		{ "-66597940.53", '%', "-9223372036.854775804", "-66597940.53" },
		{ "346163294824413304e3", '%', "9223372036854775807e204", "346163294824413304000" },
		{ "-9223372036.854775804", '%', "585321940048269358", "-9223372036.854776" },
		{ "-0.000095740", '%', "-9223372036854775.806", "-0.00009574" },
		{ "60575e-18", '%', "-92233720368547758.05", "6.0575e-14" },
		{ "0.000038934", '%', "944383181328819730e5", "0.000038934" },
		{ "91139", '%', "-13414e-24", "7.86e-21" },
		{ "-922337203685477580.7", '%', "-1173791276868018.53", "-911051344083034.6" },
		{ "60740349819168534.3", '%', "-661281697290445219", "60740349819168536" },
		{ "29200661.15", '%', "77932974818784658", "29200661.15" },
		{ "-0.000098124", '%', "-9223372036854775804e24", "-0.000098124" },
		{ "2274128617", '%', "60807e-18", "1.1965e-14" },
		{ "-269.72", '%', "-9223372036854775804e-12", "-269.72" },
		{ "-745117294794837630e3", '%', "-9095e-11", "-4.895e-8" },
		{ "-22917", '%', "20167e-21", "-1.331e-18" },
		{ "-3056.7", '%', "71452e21", "-3056.7" },
		{ "31079", '%', "3843829652e-7", "328.362784" },
		{ "-565197241407717301", '%', "9223372036854775807e-4", "-726872752205021.6" },
		{ "-680955259222958229", '%', "0.000091998", "-0.000015102" },
		{ "92233720368547758.04", '%', "-873660228569416952e-23",
			"0.0000017267193156972557" },
		{ "-9223372036854775805e-251", '%', "-389645403397287271e25",
			"-9.223372036854776e-233" },
		{ "-3188821.274", '%', "9223372036854775805", "-3188821.274" },
		{ "989.69", '%', "-5550760734255991.91", "989.69" },
		{ "-10686574407412032.2", '%', "-9311079092e0", "-6845467240.2" },
		{ "922337203685477580.6", '%', "92233720368547758.04", "0.2" },
		{ "-5036350449", '%', "-42226e-18", "-3.964e-15" },
		{ "72208362.43", '%', "-38601e-18", "2.8972e-14" },
		{ "-9223372036854775807e3", '%', "-768775956287323104e24",
			"-9.223372036854776e21" },
		{ "-258930195625111520e2", '%', "-4465084893e8", "-442035672411152000" },
		{ "157890881e-18", '%', "-922337203685477580.7", "1.57890881e-10" },
		{ "-9223372036854775807e17", '%', "594839320e31", "-9.223372036854776e35" },
		{ "-9223372036854775805e3", '%', "8532740928e-5", "-9510.53312" },
	};

	(void)state;
	check(rows, sizeof rows / sizeof *rows);
}

/* --- beside 128 bits --- */

static int64_t any_between(int64_t from, int64_t to)
{
	return from + (int64_t)((any_bits() >> 1) % (uint64_t)(to - from + 1));
}

/* Few digits, 18, or all there can be. */
static int64_t any_mantissa(void)
{
	switch (any_between(0, 3)) {
	case 0:
		return any_between(-1000, 1000);
	case 1:
		return any_between(-999999999999999999, 999999999999999999);
	case 2:
		return INT64_MAX - any_between(0, 9);
	default:
		return -INT64_MAX + any_between(0, 9);
	}
}

static struct calc decimal(int64_t m, int64_t e)
{
	return (struct calc){ .kind = KIND_NUMBER, .exact = true, .decimal = { m, e } };
}

static bool fits(__int128 m)
{
	return m >= -INT64_MAX && m <= INT64_MAX;
}

/* Is x the value m * 10^e, as a decimal if there is one, else the nearest double? */
static void check_value(const struct calc *x, __int128 m, int64_t e)
{
	char text[2 * NUM_MAX];
	size_t n;

	for (; m && m % 10 == 0; e++)
		m /= 10;
	assert_int_equal(x->kind, KIND_NUMBER);
	assert_int_equal(x->exact, fits(m));
	if (x->exact) {
		struct decimal d = x->decimal;
		for (; d.m && d.m % 10 == 0; d.e++)
			d.m /= 10;
		assert_true(d.m == m);
		assert_true(!m || d.e == e);
		return;
	}
	n = num_print_integer(text, m);
	snprintf(text + n, sizeof text - n, "e%lld", (long long)e);
	assert_true(x->real == strtod(text, NULL));
}

static __int128 ten_to(int64_t n)
{
	__int128 power = 1;

	while (n-- > 0)
		power *= 10;
	return power;
}

enum { ROUNDS = 100000 };

static void sums(void **state)
{
	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		int64_t e = any_between(-300, 250), apart = any_between(0, 18);
		struct calc a = decimal(any_mantissa(), e + apart);
		struct calc b = decimal(any_mantissa(), e);
		__int128 m = a.decimal.m * ten_to(apart);
		struct calc x = calc_add(&a, &b);
		check_value(&x, m + b.decimal.m, e);
		x = calc_add(&b, &a);
		check_value(&x, m + b.decimal.m, e);
		x = calc_subtract(&a, &b);
		check_value(&x, m - b.decimal.m, e);
		x = calc_subtract(&b, &a);
		check_value(&x, b.decimal.m - m, e);
		assert_int_equal(calc_compare(&a, &b), (m > b.decimal.m) - (m < b.decimal.m));
		assert_int_equal(calc_compare(&b, &a), (m < b.decimal.m) - (m > b.decimal.m));
	}
}

/* Numbers of one sign with zeros between their digits: their sum is written by writing both. */
static void far_sums(void **state)
{
	char text[1000];

	(void)state;
	for (int i = 0; i < ROUNDS / 10; i++) {
		int64_t e = any_between(-400, 100), apart = any_between(20, 500);
		struct calc a = decimal(any_between(1, INT64_MAX) / 10 * 10 + 1, e + apart);
		struct calc b = decimal(any_between(1, INT64_MAX) / 10 * 10 + 1, e);
		struct calc x = calc_add(&a, &b);
		int n = sprintf(text, "%lld%0*d%019llde%lld", (long long)a.decimal.m,
			(int)(apart - 19), 0, (long long)b.decimal.m, (long long)e);
		double sum;
		assert_true((size_t)n < sizeof text);
		sum = strtod(text, NULL);
		if (isinf(sum)) {
			assert_int_equal(x.kind, KIND_NULL);
			continue;
		}
		assert_false(x.exact);
		assert_true(x.real == sum);
		assert_int_equal(calc_compare(&a, &b), 1);
		assert_int_equal(calc_compare(&b, &a), -1);
	}
}

static void products(void **state)
{
	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		struct calc a = decimal(any_mantissa(), any_between(-400, 130));
		struct calc b = decimal(any_mantissa(), any_between(-400, 130));
		struct calc x = calc_multiply(&a, &b);
		check_value(&x, (__int128)a.decimal.m * b.decimal.m, a.decimal.e + b.decimal.e);
	}
}

/* A quotient that is a decimal, times the divisor, is the dividend. */
static void quotients(void **state)
{
	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		int64_t m = any_between(-99999, 99999), by = any_between(1, 99999), e = any_between(-290, 250);
		struct calc product = decimal(m * by, e), b = decimal(by, any_between(-20, 20));
		struct calc x = calc_divide(&product, &b), a = decimal(any_mantissa(), e);
		check_value(&x, m, e - b.decimal.e);
		x = calc_divide(&a, &b);
		if (x.exact) {
			x = calc_multiply(&x, &b);
			check_value(&x, a.decimal.m, e);
		}
		if (!x.exact && e >= -22 && e == b.decimal.e &&
			llabs(a.decimal.m) < (int64_t)1 << 53)
			assert_true(x.real == (double)a.decimal.m / (double)by);
	}
}

static void remainders(void **state)
{
	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		int64_t e = any_between(-400, 250), apart = any_between(0, 18);
		struct calc a = decimal(any_mantissa(), e + apart);
		struct calc b = decimal(any_mantissa(), e);
		__int128 m = a.decimal.m * ten_to(apart);
		struct calc x;
		if (!a.decimal.m || !b.decimal.m)
			continue;
		x = calc_remainder(&a, &b);
		check_value(&x, m % b.decimal.m, e);
		x = calc_remainder(&b, &a);
		check_value(&x, b.decimal.m % m, e);
	}
}

/* --- doubles --- */

static void reals(void **state)
{
	struct calc half = calc_real(0.5), two = number("2"), third = calc_real(1.0 / 3);
	struct calc minus = calc_real(-0.0), large = calc_real(1e308), ten = number("1e1");
	struct calc one = calc_integer(1), x;

	(void)state;
	assert_false(half.exact);
	assert_string_equal(json(calc_add(&half, &two)), "2.5");
	assert_string_equal(json(calc_subtract(&two, &half)), "1.5");
	assert_string_equal(json(calc_multiply(&half, &two)), "1");
	assert_string_equal(json(calc_divide(&half, &two)), "0.25");
	assert_string_equal(json(calc_remainder(&two, &third)), "1.1102230246251565e-16");
	assert_string_equal(json(calc_multiply(&large, &ten)), "null");
	assert_string_equal(json(calc_divide(&half, &minus)), "null");
	assert_string_equal(json(calc_real(INFINITY)), "null");
	assert_string_equal(json(calc_real(NAN)), "null");
	assert_false(signbit(minus.real));
	x = calc_negate(&arena, &minus);
	assert_false(signbit(x.real));
	x = calc_divide(&one, &half);
	assert_int_equal(calc_compare(&x, &two), 0);
	assert_int_equal(calc_compare(&half, &two), -1);
	assert_int_equal(calc_compare(&two, &half), 1);
	assert_false(calc_quick_add(&half, &two));
	x = calc_null();
	assert_false(calc_quick_add(&x, &two));
	assert_false(calc_quick_subtract(&two, &x));
	x = calc_text(SLICE("2"));
	assert_false(calc_quick_multiply(&two, &x));
	assert_string_equal(json(two), "2");
	assert_string_equal(json(half), "0.5");
}

/* --- reading --- */

static void reading(void **state)
{
	struct calc x = number("1.50");

	(void)state;
	assert_true(x.exact);
	assert_null(x.json.at);
	assert_string_equal(json(x), "1.5");
	assert_int_equal(number("1e999").kind, KIND_NULL);
	assert_int_equal(number("-1e309").kind, KIND_NULL);
	assert_int_equal(number("1.7976931348623157e308").kind, KIND_NUMBER);
	assert_int_equal(number("1.7976931348623159e308").kind, KIND_NULL);
	assert_string_equal(json(number("0e1000")), "0");
	assert_string_equal(json(number("1e-999")), "0");
	assert_string_equal(json(number("-0")), "0");
	x = number("123456789012345678901");
	assert_false(x.exact);
	assert_string_equal(json(x), "123456789012345680000");
	assert_true(calc_quick_number((struct slice){ "36.14,           ", 5 }, &x));
	assert_string_equal(json(x), "36.14");
	assert_false(calc_quick_number((struct slice){ "1e999,           ", 5 }, &x));
	assert_false(calc_quick_number(SLICE("123456789012345678901"), &x));
}

/* --- order --- */

static void order(void **state)
{
	static const struct {
		const char *a, *b;
		int order;
	} rows[] = {
		{ "9007199254740993", "9007199254740992", 1 },
		{ "1", "1.00", 0 },
		{ "100", "1e2", 0 },
		{ "1e300", "2", 1 },
		{ "-1e300", "2", -1 },
		{ "-1e300", "-2", -1 },
		{ "1e-300", "2", -1 },
		{ "1e-300", "0", 1 },
		{ "-1e-300", "0.0", -1 },
		{ "0e300", "0e-300", 0 },
		{ "1e-999", "2e-999", -1 },
		{ "1e19", "9223372036854775807", 1 },
		{ "-1e20", "-9223372036854775807", -1 },
		{ "123456789012345678901", "123456789012345680000", -1 },
		{ "18446744073709551615", "18446744073709551616", -1 },
		{ "18446744073709551615", "18446744073709551615.0", 0 },
		{ "18446744073709551616", "184467440737095516.16e2", 0 },
		{ "18446744073709552000", "18446744073709551616", 1 },
		{ "-18446744073709551615", "-18446744073709551616", 1 },
		{ "9223372036854775807", "9223372036854775808", -1 },
		{ "-9223372036854775807", "-9223372036854775808", 1 },
		{ "9223372036854775808", "9223372036854775808", 0 },
		{ "0.1000000000000000055511151231257827", "0.1", 1 },
		{ "0.1000000000000000055511151231257827", "0.10000000000000000555111512312578270",
			0 },
		{ "1.2345678901234567890e-999", "0", 1 },
		{ "-1.2345678901234567890e-999", "1e-999", -1 },
		{ "1.2345678901234567890e-999", "1.2345678901234567891e-999", -1 },
		{ "~0.1", "0.1", 0 },
		{ "~0.1", "0.1000000000000000055511151231257827", -1 },
		{ "~0.3333333333333333", "0.33333333333333333333", -1 },
		{ "~0.3333333333333333", "0.3333333333333333", 0 },
		{ "~1e23", "99999999999999991611392", 1 },
		{ "~1e23", "1e23", 0 },
		{ "~5e-324", "4.9406564584124654417656879286822137236505980e-324", 1 },
	};
	struct calc b = calc_text(SLICE("ab")), a = calc_text(SLICE("a"));

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct calc x = *rows[i].a == '~' ? calc_real(strtod(rows[i].a + 1, NULL)) :
						    number(rows[i].a);
		struct calc y = number(rows[i].b);
		assert_int_equal(calc_compare(&x, &y), rows[i].order);
		assert_int_equal(calc_compare(&y, &x), -rows[i].order);
	}
	assert_true(calc_compare(&a, &b) < 0);
	assert_true(calc_compare(&b, &a) > 0);
	assert_true(calc_compare(&a, &a) == 0);
}

/* --- rounding --- */

static void rounding(void **state)
{
	static const struct {
		const char *x;
		int64_t digits;
		const char *result;
	} rows[] = {
		{ "2.5", 0, "3" },
		{ "-2.5", 0, "-3" },
		{ "-0.4", 0, "0" },
		{ "1.005", 2, "1.01" },
		{ "2.4999999999999999", 0, "2" },
		{ "1250", -2, "1300" },
		{ "-1250", -2, "-1300" },
		{ "1249", -2, "1200" },
		{ "5e-19", 18, "1e-18" },
		{ "4999999999999999999e-19", 0, "0" },
		{ "5000000000000000000e-19", 0, "1" },
		{ "-9223372036854775807e-19", 0, "-1" },
		{ "9223372036854775807", -19, "10000000000000000000" },
		{ "9223372036854775807", -20, "0" },
		{ "9223372036854775807", INT64_MIN, "0" },
		{ "0.1", INT64_MAX, "0.1" },
		{ "1e300", 3, "1e300" },
		{ "9e307", -308, "1e308" },
		{ "1.7e308", -308, "null" },
		{ "0e5", 2, "0" },
	};
	struct calc third = calc_real(1.0 / 3), x = calc_real(0.285), big = calc_real(1e22);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		x = number(rows[i].x);
		assert_string_equal(json(calc_round(&x, rows[i].digits)), rows[i].result);
	}
	assert_string_equal(json(calc_round(&third, 4)), "0.3333");
	assert_true(calc_round(&third, 4).exact);
	assert_string_equal(json(calc_round(&third, 30)), "0.3333333333333333");
	assert_string_equal(json(calc_round(&big, 2)), "1e22");
	x = calc_real(0.285);
	assert_string_equal(json(calc_round(&x, 2)), "0.29");
}

static void integers(void **state)
{
	static const struct {
		const char *x, *floor, *ceil;
	} rows[] = {
		{ "2.5", "2", "3" },
		{ "-2.5", "-3", "-2" },
		{ "-0.5", "-1", "0" },
		{ "3.00", "3", "3" },
		{ "-3.00", "-3", "-3" },
		{ "12e2", "1200", "1200" },
		{ "1e-300", "0", "1" },
		{ "-1e-300", "-1", "0" },
		{ "0.0000000000000000000000", "0", "0" },
		{ "9223372036854775807e-19", "0", "1" },
		{ "9223372036854775807e-18", "9", "10" },
		{ "123456789012345678.25", "123456789012345680", "123456789012345680" },
	};
	struct calc x = calc_real(-0.5);

	(void)state;
	assert_string_equal(json(calc_floor(&x)), "-1");
	assert_string_equal(json(calc_ceil(&x)), "0");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		x = number(rows[i].x);
		assert_string_equal(json(calc_floor(&x)), rows[i].floor);
		assert_string_equal(json(calc_ceil(&x)), rows[i].ceil);
	}
}

static const char *fixed(struct calc x, int64_t digits)
{
	return text_of(calc_fixed(&arena, &x, digits));
}

static void fixing(void **state)
{
	char large[302];

	(void)state;
	assert_string_equal(fixed(number("2.5"), 2), "2.50");
	assert_string_equal(fixed(number("2.5"), 0), "3");
	assert_string_equal(fixed(number("-2.345"), 2), "-2.35");
	assert_string_equal(fixed(number("-0.001"), 2), "0.00");
	assert_string_equal(fixed(number("0.05"), 1), "0.1");
	assert_string_equal(fixed(number("0"), 3), "0.000");
	assert_string_equal(fixed(number("0e500"), 1), "0.0");
	assert_string_equal(fixed(number("12e3"), 1), "12000.0");
	assert_string_equal(fixed(number("999.995"), 2), "1000.00");
	assert_string_equal(fixed(calc_real(0.1), 20), "0.10000000000000000000");
	assert_string_equal(fixed(number("1e-99"), 99) + 99, "01");
	assert_int_equal(strlen(fixed(number("-1.7976931348623157e308"), 99)), 410);
	memset(large, '0', 301);
	large[0] = '1';
	large[301] = 0;
	assert_string_equal(fixed(number("1e300"), 0), large);
	assert_string_equal(fixed(calc_real(1e300), 0), large);
}

/* --- texts --- */

static void printing(void **state)
{
	struct calc spelled = number("2.50"), text = calc_text(SLICE("a\"\n")), nested;

	(void)state;
	nested = (struct calc){ .kind = KIND_ARRAY, .json = SLICE("[1, 2]") };
	assert_string_equal(json(calc_null()), "null");
	assert_string_equal(json(calc_bool(true)), "true");
	assert_string_equal(json(calc_bool(false)), "false");
	assert_string_equal(json(text), "\"a\\\"\\n\"");
	assert_string_equal(json(calc_text(SLICE(""))), "\"\"");
	assert_string_equal(json(nested), "[1, 2]");
	assert_string_equal(json(calc_integer(-INT64_MAX)), "-9223372036854775807");
	assert_string_equal(json(number("1500e-2")), "15");
	assert_string_equal(json(number("123456789012345678e3")), "123456789012345678000");
	assert_string_equal(json(number("123456789012345678e4")), "1.2345678901234568e21");
	assert_string_equal(json(number("0.1234567890123456789")), "0.12345678901234568");
	assert_string_equal(json(number("123456789012345.6789")), "123456789012345.67");
	assert_string_equal(json(number("999999999999999999e3")), "999999999999999999000");
	assert_string_equal(json(number("1e21")), "1e21");
	assert_string_equal(json(number("1e-7")), "1e-7");
	spelled.json = SLICE("2.50");
	assert_string_equal(json(spelled), "2.50");
	assert_string_equal(text_of(calc_plain(&arena, &spelled)), "2.50");
	assert_string_equal(json(calc_negate(&arena, &spelled)), "-2.5");
	assert_string_equal(text_of(calc_plain(&arena, &text)), "a\"\n");
}

static int finish(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known),
		cmocka_unit_test(any),
		cmocka_unit_test(sums),
		cmocka_unit_test(far_sums),
		cmocka_unit_test(products),
		cmocka_unit_test(quotients),
		cmocka_unit_test(remainders),
		cmocka_unit_test(reals),
		cmocka_unit_test(reading),
		cmocka_unit_test(order),
		cmocka_unit_test(rounding),
		cmocka_unit_test(integers),
		cmocka_unit_test(fixing),
		cmocka_unit_test(printing),
	};

	return cmocka_run_group_tests(tests, NULL, finish);
}
